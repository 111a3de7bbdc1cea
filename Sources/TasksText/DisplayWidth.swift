/// How many columns of a terminal a text takes.
///
/// No standard says so; what counts is where terminals put the cursor. These rules are `wcwidth` of glibc, which
/// tmux and most terminals follow, tried with tmux 3.3a:
///
/// - East Asian wide characters take two columns, combining and invisible ones none (`WidthTable`).
/// - Spacing vowel signs (category Mc) take one, unlike combining ones: `हिन्दी` is five columns, `नमस्ते` four.
///   A cluster of an Indic script is therefore the sum of its characters.
/// - A flag is its two letters, one column each. A Hangul syllable in parts is its first consonant, two columns.
/// - An emoji sequence takes two columns whatever it is made of. Here terminals differ: old ones (tmux 3.3a among
///   them) show `❤️` in one and put a skin tone beside its hand; newer ones (kitty, WezTerm, iTerm2, foot) draw one
///   picture two columns wide, as Unicode has it (UTS #51), and so do we.
///
/// Control characters count as nothing: text goes through `visible` first.
package enum DisplayWidth {
  package static func columns(of text: String) -> Int {
    var text = text
    let printable: Int? = text.withUTF8 { bytes in
      bytes.allSatisfy { (0x20..<0x7F).contains($0) } ? bytes.count : nil
    }
    if let printable { return printable }
    // Only emoji sequences are anything but the sum of their scalars; to find clusters is slow.
    if text.unicodeScalars.contains(where: isPartOfSequence) {
      return text.reduce(0) { $0 + columns(of: $1) }
    }
    return text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  /// The columns of a grapheme cluster.
  package static func columns(of cluster: Character) -> Int {
    let scalars = cluster.unicodeScalars
    let sum = scalars.reduce(0) { $0 + columns(of: $1) }
    guard scalars.count > 1, scalars.contains(where: isPartOfSequence), let first = scalars.first
    else { return sum }
    let isPicture = columns(of: first) == 2 || scalars.contains(emojiSelector)
    return isPicture && first.properties.isEmoji ? 2 : sum
  }

  /// The columns of a character that stands alone.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    let code = scalar.value
    if code < 0x300 {
      return code >= 0x20 && code < 0x7F || code >= 0xA0 ? 1 : 0
    }
    if contains(WidthTable.zero, code) { return 0 }
    return code >= 0x1100 && contains(WidthTable.wide, code) ? 2 : 1
  }

  private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"

  /// Whether the scalar makes one picture with others: a joiner, the emoji selector, a skin tone.
  private static func isPartOfSequence(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200D, 0xFE0F, 0x1F3FB...0x1F3FF: true
    default: false
    }
  }

  /// Whether a range of the table holds the character.
  private static func contains(_ table: [UInt32], _ code: UInt32) -> Bool {
    var lower = 0
    var upper = table.count / 2
    while lower < upper {
      let middle = (lower + upper) / 2
      if table[2 * middle + 1] < code { lower = middle + 1 } else { upper = middle }
    }
    return 2 * lower < table.count && table[2 * lower] <= code
  }
}
