/// Makes text fit into columns of a terminal; a grapheme cluster is never split.
package enum TextFit {
  /// The text, or as much of it as fits before an `…`.
  package static func truncate(_ text: String, to columns: Int) -> String {
    guard columns > 0 else { return "" }
    // No character takes more columns than bytes, so a short text needs no counting.
    guard text.utf8.count > columns, DisplayWidth.columns(of: text) > columns else { return text }
    var used = 1
    var end = text.startIndex
    for index in text.indices {
      used += DisplayWidth.columns(of: text[index])
      guard used <= columns else { break }
      end = text.index(after: index)
    }
    return text[..<end] + "…"
  }

  /// The text with spaces behind it, or before it, up to a width; a wider text is left as it is.
  package static func pad(_ text: String, to columns: Int, alignRight: Bool = false) -> String {
    let missing = columns - DisplayWidth.columns(of: text)
    guard missing > 0 else { return text }
    // Much quicker than `String(repeating:)`, and a table asks for it in every cell.
    let spaces = String(decoding: [UInt8](repeating: 0x20, count: missing), as: UTF8.self)
    return alignRight ? spaces + text : text + spaces
  }

  /// The text in lines of at most that many columns.
  ///
  /// Lines break at spaces, which go; a word that is wider than a line is broken anywhere. Line feeds stay breaks, and
  /// spaces at the start of a line of the text stay its indentation. Only a cluster wider than `columns` overflows.
  package static func wrap(_ text: String, columns: Int) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .flatMap { wrap(line: $0, columns: max(columns, 1)) }
  }

  private static func wrap(line: Substring, columns: Int) -> [String] {
    var lines: [String] = []
    var current = ""
    var used = 0
    var rest = line
    while !rest.isEmpty {
      let spaces = rest.prefix { $0 == " " }
      let word = rest.dropFirst(spaces.count).prefix { $0 != " " }
      rest = rest[word.endIndex...]
      guard !word.isEmpty else { break }
      let width = DisplayWidth.columns(of: String(word))
      let isStart = lines.isEmpty && current.isEmpty
      // An indentation gives way to a word that fits without it, and takes half of a line at most.
      let room = width <= columns ? columns - width : columns
      let gap = isStart ? min(spaces.count, columns / 2, room) : spaces.count
      if used + gap + width <= columns {
        current += String(repeating: " ", count: gap) + word
        used += gap + width
        continue
      }
      if isStart {
        current = String(repeating: " ", count: gap)
        used = gap
      } else if !current.isEmpty {
        lines.append(current)
        (current, used) = ("", 0)
      }
      for cluster in word {
        let width = DisplayWidth.columns(of: cluster)
        if used + width > columns, used > 0 {
          lines.append(current)
          (current, used) = ("", 0)
        }
        current.append(cluster)
        used += width
      }
    }
    return lines + (current.isEmpty && !lines.isEmpty ? [] : [current])
  }
}
