/// A line of a list of known hosts: whom it means, and the key.
///
/// Read as OpenSSH does it (`hostkeys_foreach`): a line that is none says nothing, and the next one counts all the same.
struct KnownHostsLine {
  enum Marker {
    case none, authority, revoked
  }

  let marker: Marker
  let names: [UInt8]
  let type: String
  let key: [UInt8]

  /// Nil for an empty line, a comment, or one that nobody understands.
  init?(_ line: ArraySlice<UInt8>) {
    // As for whoever reads it with C.
    var rest = line.prefix { $0 != 0 }
    if rest.last == UInt8(ascii: "\r") { rest = rest.dropLast() }
    rest = rest.drop(while: Self.isBlank)
    var marker = Marker.none
    if rest.first == UInt8(ascii: "@") {
      switch String(decoding: Self.word(&rest), as: UTF8.self) {
      case "@cert-authority": marker = .authority
      case "@revoked": marker = .revoked
      default: return nil
      }
    }
    self.marker = marker
    guard let first = rest.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "@") else {
      return nil
    }
    names = Array(Self.word(&rest))
    guard let entry = Self.key(&rest) else { return nil }
    (type, key) = entry
  }

  /// A type and a key in Base64, as in a file of public keys.
  static func key(_ rest: inout ArraySlice<UInt8>) -> (String, [UInt8])? {
    guard rest.first != UInt8(ascii: "#") else { return nil }
    let type = String(decoding: word(&rest), as: UTF8.self)
    guard let key = Base64.decode(word(&rest)), KeyType.type(of: key) == type else { return nil }
    return (type, key)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// Takes away a word and the blanks after it.
  private static func word(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let word = rest.prefix { !isBlank($0) }
    rest = rest.dropFirst(word.count).drop(while: isBlank)
    return word
  }
}
