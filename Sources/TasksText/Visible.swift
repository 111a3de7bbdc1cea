/// The text with everything made visible that could fool a terminal or its reader.
///
/// A character that moves the cursor, starts an escape sequence, turns the direction of writing or is not there to
/// see is written out as in Swift: ESC is `\u{1b}`. One notation for all of them, where carets have none for
/// U+202E. What scripts and emoji need stays: joiners, the marks of Hebrew and Arabic (U+200E, U+200F, U+061C, which
/// turn nothing around), variation selectors, and tags behind the black flag, which are how England's is written.
///
/// A tab becomes a space. Where several lines are wanted it becomes four, a line feed stays, and the return before
/// one goes; on a single line they are written out too.
package func visible(_ text: String, multiline: Bool = false) -> String {
  guard !isHarmlessASCII(text) else { return text }
  let scalars = text.unicodeScalars
  var inFlag = false
  guard
    scalars.contains(where: { scalar in
      inFlag = scalar == blackFlag || inFlag && isTag(scalar)
      return !inFlag && isHidden(scalar)
    })
  else { return text }

  var result = String.UnicodeScalarView()
  inFlag = false
  for index in scalars.indices {
    let scalar = scalars[index]
    inFlag = scalar == blackFlag || inFlag && isTag(scalar)
    switch scalar {
    case "\t": result.append(contentsOf: (multiline ? "    " : " ").unicodeScalars)
    case "\n" where multiline: result.append(scalar)
    case "\r" where multiline && isBeforeLineFeed(scalars, index): continue
    case _ where !inFlag && isHidden(scalar):
      result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}

private let blackFlag: Unicode.Scalar = "\u{1F3F4}"

private func isTag(_ scalar: Unicode.Scalar) -> Bool {
  (0xE0020...0xE007F).contains(scalar.value)
}

private func isHarmlessASCII(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { bytes in bytes.allSatisfy { (0x20..<0x7F).contains($0) } }
}

private func isBeforeLineFeed(
  _ scalars: String.UnicodeScalarView, _ index: String.UnicodeScalarView.Index
) -> Bool {
  let next = scalars.index(after: index)
  return next < scalars.endIndex && scalars[next] == "\n"
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  // Controls, C0 and C1: the latter are escape sequences in one byte to some terminals.
  case 0..<0x20, 0x7F..<0xA0: true
  // Soft hyphen: a hyphen to some terminals, a column or none to others.
  case 0xAD: true
  // Invisible separators and operators, the byte order mark, what is deprecated.
  case 0x180E, 0x200B, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF: true
  // Line and paragraph separators; embeddings and overrides of direction; isolates ("Trojan Source").
  case 0x2028...0x202E, 0x2066...0x2069: true
  // Interlinear annotation, shorthand, musical phrases.
  case 0xFFF9...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A: true
  // Tags, which can carry a whole invisible text.
  case 0xE0000...0xE007F: true
  default: false
  }
}
