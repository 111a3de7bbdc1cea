/// A media type without its parameters, in lowercase: `application/json`.
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
  let type: String
  let subtype: String

  package static let json = MediaType(type: "application", subtype: "json")
  package static let mergePatch = MediaType(type: "application", subtype: "merge-patch+json")
  package static let problem = MediaType(type: "application", subtype: "problem+json")
  package static let eventStream = MediaType(type: "text", subtype: "event-stream")

  package var description: String { "\(type)/\(subtype)" }
}

/// What a `Content-Type` or one element of an `Accept` says (RFC 9110, 8.3.1 and 12.5.1).
struct MediaRange: Hashable, Sendable {
  /// In lowercase; `*` in a range for any.
  let type: String
  let subtype: String
  /// Names in lowercase, values without quotes.
  let parameters: [Parameter]

  struct Parameter: Hashable, Sendable {
    let name: String
    let value: String
  }

  /// Nil if it is not of that form.
  init?(_ text: Substring) {
    let parts = HeaderText.split(text, at: ";")
    let names = HeaderText.trim(parts[0]).split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, names.allSatisfy(HeaderText.isToken) else { return nil }
    var parameters: [Parameter] = []
    for part in parts.dropFirst() {
      let part = HeaderText.trim(part)
      // "; " with nothing behind it is allowed (RFC 9110, 5.6.6).
      if part.isEmpty { continue }
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let value = part[part.index(after: equals)...]
      guard HeaderText.isToken(part[..<equals]) else { return nil }
      parameters.append(
        Parameter(name: part[..<equals].lowercased(), value: HeaderText.unquoted(value)))
    }
    type = names[0].lowercased()
    subtype = names[1].lowercased()
    self.parameters = parameters
  }

  func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  /// How exactly it means a type: 2 by name, 1 by its first half, 0 like all; nil if it does not.
  func exactness(for media: MediaType) -> Int? {
    if type == "*", subtype == "*" { return 0 }
    guard type == media.type else { return nil }
    if subtype == "*" { return 1 }
    return subtype == media.subtype ? 2 : nil
  }
}

/// Pieces of header values.
enum HeaderText {
  /// Splits outside quoted strings; there is at least one piece.
  static func split(_ text: Substring, at separator: Unicode.Scalar) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    var isQuoted = false
    var isEscaped = false
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted, scalar == "\\" {
        isEscaped = true
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else if scalar == separator, !isQuoted {
        pieces.append(text[start..<index])
        start = scalars.index(after: index)
      }
    }
    return pieces + [text[start...]]
  }

  static func trim(_ text: Substring) -> Substring {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { $0 != " " && $0 != "\t" }),
      let last = scalars.lastIndex(where: { $0 != " " && $0 != "\t" })
    else { return "" }
    return text[first...last]
  }

  /// RFC 9110, 5.6.2.
  static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  /// The value of a quoted string, or the text as it is.
  static func unquoted(_ text: Substring) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count >= 2, scalars.first == "\"", scalars.last == "\"" else {
      return String(text)
    }
    var value = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in scalars.dropFirst().dropLast() {
      if scalar == "\\", !isEscaped {
        isEscaped = true
      } else {
        value.append(scalar)
        isEscaped = false
      }
    }
    return String(value)
  }
}
