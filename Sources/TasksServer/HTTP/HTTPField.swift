/// One line of a head: a name and its value.
package struct HTTPField: Hashable, Sendable {
  /// As it was written; `HTTPFields` looks it up whatever its case.
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The fields of a request, in order.
package struct HTTPFields: Sendable {
  package private(set) var all: [HTTPField] = []

  package init(_ all: [HTTPField] = []) { self.all = all }

  mutating func append(_ field: HTTPField) { all.append(field) }

  /// The first value of that name; names are compared without regard to case.
  package subscript(name: String) -> String? {
    all.first { Self.isSame($0.name, name) }?.value
  }

  /// All values of that name, in order.
  package func values(_ name: String) -> [String] {
    all.lazy.filter { Self.isSame($0.name, name) }.map(\.value)
  }

  /// Whether two names differ in the case of ASCII letters at most.
  static func isSame(_ one: String, _ other: String) -> Bool {
    one.utf8.count == other.utf8.count
      && zip(one.utf8, other.utf8).allSatisfy { lowered($0) == lowered($1) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
