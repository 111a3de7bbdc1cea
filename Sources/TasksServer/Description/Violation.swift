import TasksModel

/// One thing that is wrong with a request, and where.
package struct Violation: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    /// A JSON pointer (RFC 6901) into the body; empty for the whole of it.
    case body(pointer: String)
    /// A parameter in the query or a header, by its name.
    case parameter(String)
  }

  package let place: Place
  /// A sentence without its subject: `must be a string`.
  package let detail: String

  package init(_ place: Place, _ detail: String) {
    self.place = place
    self.detail = detail
  }

  /// As an element of a problem's `errors`.
  var document: JSON {
    switch place {
    case .body(let pointer): ["pointer": .string(pointer), "detail": .string(detail)]
    case .parameter(let name): ["parameter": .string(name), "detail": .string(detail)]
    }
  }
}

/// The way to a value inside a document.
struct JSONPath {
  private var tokens: [Token] = []

  private enum Token {
    case member(String)
    case element(Int)
  }

  mutating func enter(_ member: String) { tokens.append(.member(member)) }
  mutating func enter(_ element: Int) { tokens.append(.element(element)) }
  mutating func leave() { tokens.removeLast() }

  /// The way as a JSON pointer: `~` and `/` in names are written `~0` and `~1` (RFC 6901, 3).
  var pointer: String {
    var bytes: [UInt8] = []
    for token in tokens {
      bytes.append(UInt8(ascii: "/"))
      switch token {
      case .element(let index): JSONWriter.append(integer: Int64(index), to: &bytes)
      case .member(let name):
        for byte in name.utf8 {
          switch byte {
          case UInt8(ascii: "~"): JSONWriter.append("~0", to: &bytes)
          case UInt8(ascii: "/"): JSONWriter.append("~1", to: &bytes)
          default: bytes.append(byte)
          }
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
