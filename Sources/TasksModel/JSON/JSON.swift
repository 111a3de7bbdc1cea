/// A JSON value that keeps what its text said: the order of members, and numbers that are no `Int64`.
///
/// Strings and keys are equal when their UTF-8 bytes are. Swift's own `==` follows canonical equivalence, under
/// which two different keys of a file could be one; replicas have to agree on bytes.
package enum JSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Any other number, in the very text it had: `1.50`, `1e9`, `-0`, `9223372036854775808`.
  case number(String)
  case string(String)
  case array([JSON])
  /// Members in the order they were written; the parser has refused duplicate keys.
  case object([Member])

  /// A key and what stands under it.
  package struct Member: Sendable {
    package let key: String
    package let value: JSON

    package init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }

    package init(_ key: String, _ value: JSON) {
      self.init(key: key, value: value)
    }
  }
}

extension JSON {
  /// The value under a key, compared by bytes; nil too if this is no object.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    // By their places: to look at a key need not copy the value beside it.
    return members.indices.first { UTF8Order.areEqual(members[$0].key, key) }
      .map { members[$0].value }
  }

  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  package var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var integerValue: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  package var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var arrayValue: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  package var objectValue: [Member]? {
    if case .object(let value) = self { value } else { nil }
  }
}

extension JSON: Hashable {
  package static func == (lhs: Self, rhs: Self) -> Bool {
    switch (lhs, rhs) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): UTF8Order.areEqual(a, b)
    case (.string(let a), .string(let b)): UTF8Order.areEqual(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0 as UInt8)
    case .bool(let value):
      hasher.combine(1 as UInt8)
      hasher.combine(value)
    case .integer(let value):
      hasher.combine(2 as UInt8)
      hasher.combine(value)
    case .number(let text):
      hasher.combine(3 as UInt8)
      UTF8Order.hash(text, into: &hasher)
    case .string(let text):
      hasher.combine(4 as UInt8)
      UTF8Order.hash(text, into: &hasher)
    case .array(let values):
      hasher.combine(5 as UInt8)
      hasher.combine(values)
    case .object(let members):
      hasher.combine(6 as UInt8)
      hasher.combine(members)
    }
  }
}

extension JSON.Member: Hashable {
  package static func == (lhs: Self, rhs: Self) -> Bool {
    UTF8Order.areEqual(lhs.key, rhs.key) && lhs.value == rhs.value
  }

  package func hash(into hasher: inout Hasher) {
    UTF8Order.hash(key, into: &hasher)
    hasher.combine(value)
  }
}

// Literals, so that a document can be written down as it looks.

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
}
