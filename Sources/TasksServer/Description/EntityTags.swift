/// What `If-Match` and `If-None-Match` name (RFC 9110, 13.1): anything at all, or entity tags.
package enum EntityTags: Hashable, Sendable {
  case any
  case tags([Tag])

  package struct Tag: Hashable, Sendable {
    package let isWeak: Bool
    /// What stands between the quotes.
    package let text: String
  }

  /// Nil if it is not of that form, which is ASCII only here.
  package init?(_ header: String) {
    if header.utf8.elementsEqual("*".utf8) {
      self = .any
      return
    }
    var rest = Array(header.utf8)[...]
    var tags: [Tag] = []
    repeat {
      if !tags.isEmpty {
        Self.skipBlanks(&rest)
        guard rest.popFirst() == UInt8(ascii: ",") else { return nil }
        Self.skipBlanks(&rest)
      }
      guard let tag = Self.tag(&rest) else { return nil }
      tags.append(tag)
    } while !rest.isEmpty
    self = .tags(tags)
  }

  /// Whether `If-Match` lets a change through: tags must be strong and the same (RFC 9110, 13.1.1).
  package func matchesStrongly(_ tag: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { !$0.isWeak && $0.text.utf8.elementsEqual(tag.utf8) }
    }
  }

  /// Whether `If-None-Match` finds what the client has: weak tags count as well (RFC 9110, 13.1.2).
  package func matchesWeakly(_ tag: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { $0.text.utf8.elementsEqual(tag.utf8) }
    }
  }

  private static func skipBlanks(_ rest: inout ArraySlice<UInt8>) {
    while rest.first == 0x20 || rest.first == 0x09 { rest.removeFirst() }
  }

  private static func tag(_ rest: inout ArraySlice<UInt8>) -> Tag? {
    let isWeak = rest.starts(with: "W/".utf8)
    if isWeak { rest.removeFirst(2) }
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    let text = rest.prefix { $0 >= 0x21 && $0 <= 0x7E && $0 != UInt8(ascii: "\"") }
    rest.removeFirst(text.count)
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    return Tag(isWeak: isWeak, text: String(decoding: text, as: UTF8.self))
  }
}
