/// What somebody typed to search for, as the full-text index understands it.
///
/// Every word must begin some word of the task. The index splits text at spaces and punctuation, so words of scripts
/// that are written without spaces, and signs such as emoji, are looked for anywhere in the text instead.
struct SearchWords {
  /// The expression for the index; nil if there is nothing it could find.
  let match: String?
  /// Words to be found as they are.
  let literals: [String]

  init(_ text: String) {
    var terms: [String] = []
    var literals: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if SearchWords.isIndexed(word) {
        // In quotes the index takes any text as words; a quote is doubled.
        // https://www.sqlite.org/fts5.html#fts5_strings
        // By scalars: a quote with an accent on it is another character, but still a quote to the index.
        let parts = word.unicodeScalars.split(separator: "\"").map(String.init)
        terms.append("\"" + parts.joined(separator: "\"\"") + "\"*")
      } else {
        literals.append(String(word))
      }
    }
    match = terms.isEmpty ? nil : terms.joined(separator: " AND ")
    self.literals = literals
  }

  /// Whether the index takes such a character for a part of a word: L*, M*, N* and Co, as the schema says.
  private static func isKept(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .privateUse:
      true
    default: false
    }
  }

  private static func isIndexed(_ word: Substring) -> Bool {
    var hasLetter = false
    for scalar in word.unicodeScalars {
      switch scalar.value {
      // Thai, Lao, Myanmar, Khmer; kana, Han, and what goes with them.
      case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x2e80...0x9fff, 0xf900...0xfaff,
        0x20000...0x3ffff:
        return false
      default: break
      }
      // A mark alone is no word: the index drops it, and would find everything.
      let category = scalar.properties.generalCategory
      if isKept(category), category != .nonspacingMark, category != .enclosingMark {
        hasLetter = true
      }
    }
    return hasLetter
  }
}
