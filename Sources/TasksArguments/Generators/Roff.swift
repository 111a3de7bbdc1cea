/// Text for man(7), escaped so that it comes out as it went in: nothing in it is a request, an escape or a ligature.
enum Roff {
  /// A text of the table, its `code` in bold.
  static func prose(_ text: String) -> String {
    let pieces = Prose.pieces(of: Prose.folded(text)).map { piece in
      switch piece {
      case .text(let text): words(text)
      case .code(let code): bold(code)
      }
    }
    return guarded(pieces.joined())
  }

  /// Something to be typed as it stands.
  static func literal(_ text: String) -> String { escaped(text, hyphen: "\\-") }

  static func bold(_ text: String) -> String { "\\fB\(literal(text))\\fR" }

  static func italic(_ text: String) -> String { "\\fI\(literal(text))\\fR" }

  /// An argument of a macro, quoted.
  static func argument(_ text: String) -> String { "\"\(literal(Prose.folded(text)))\"" }

  /// A form of a call: what is typed as it stands in bold, what stands for something else, `TITLE`, in italics.
  static func synopsis(_ form: String) -> String {
    var result = ""
    var run = ""
    func endRun() {
      guard !run.isEmpty else { return }
      let isPlaceholder = run.contains(where: \.isLetter) && run == run.uppercased()
      result += isPlaceholder && !run.hasPrefix("-") ? italic(run) : bold(run)
      run = ""
    }
    for character in Prose.folded(form) {
      if character.isLetter || character.isNumber || "-_:+.".contains(character) {
        run.append(character)
      } else {
        endRun()
        result += literal(String(character))
      }
    }
    endRun()
    return guarded(result)
  }

  /// A line that starts with a full stop or a quote would be a request.
  static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  /// Prose, in which a dash between letters is a hyphen and any other stays the character that people type.
  private static func words(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let parts = word.split(separator: "-", omittingEmptySubsequences: false)
      let isHyphenated = parts.allSatisfy { $0.first?.isLetter == true && $0.last != "/" }
      return escaped(String(word), hyphen: isHyphenated ? "-" : "\\-")
    }.joined(separator: " ")
  }

  private static func escaped(_ text: String, hyphen: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\(rs"
      case "-": result += hyphen
      case "'": result += "\\(aq"
      case "\"": result += "\\(dq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case " "..."~": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0xA0: break  // control characters
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      }
    }
    return result
  }
}
