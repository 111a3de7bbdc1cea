import TasksModel

/// What a JSON value may be.
///
/// One description, two uses: `violations(in:)` checks a value, `document` is the same as JSON Schema 2020-12. A rule that
/// only one of them knew would be a lie told to clients, so nothing can be added here without both.
package struct Schema: Sendable {
  indirect enum Form: Sendable {
    /// Any value: what no text may have, U+0000, the parser refuses.
    case anything
    case boolean
    /// Whole numbers always have bounds: without them a schema would allow 1e300, which no reader holds.
    case integer(ClosedRange<Int64>)
    /// A length is in Unicode scalars, as JSON Schema counts.
    case string(TextRule?, length: ClosedRange<Int>?)
    /// One of some words.
    case choice([String])
    case array(Schema, maximum: Int?, isUnique: Bool)
    case object([Member], others: Others)
    /// Exactly one of these; they should exclude one another.
    case oneOf([Schema])
    /// Objects that a member tells apart, a component each.
    case tagged(by: String, [Variant])
    /// Like this as a rule, but any object is taken: whoever reads it checks it and tells what is wrong in another way.
    case loosely(Schema)
    case component(String, Schema)
  }

  /// What is said of members that are not named.
  enum Others: Sendable {
    case refused
    case anything
  }

  struct Member: Sendable {
    let name: String
    let isRequired: Bool
    let schema: Schema
  }

  struct Variant: Sendable {
    let tag: String
    /// An object's, under a name.
    let schema: Schema
  }

  let form: Form
  private(set) var isNullable = false
  private(set) var summary: String?
  private(set) var example: JSON?

  private init(_ form: Form) { self.form = form }
}

extension Schema {
  static let anything = Schema(.anything)
  static let boolean = Schema(.boolean)

  static func integer(_ minimum: Int64, upTo maximum: Int64 = largestInteger) -> Schema {
    Schema(.integer(minimum...max(minimum, maximum)))
  }

  /// What every reader of JSON holds exactly (RFC 8259, 6).
  static let largestInteger: Int64 = 9_007_199_254_740_991

  /// Any string: for answers only, as what is read has no U+0000.
  static let string = Schema(.string(nil, length: nil))

  static func string(_ rule: TextRule, length: ClosedRange<Int>? = nil) -> Schema {
    Schema(.string(rule, length: length))
  }

  static func choice(_ words: [String]) -> Schema { Schema(.choice(words)) }

  static func array(of items: Schema, maximum: Int? = nil, isUnique: Bool = false) -> Schema {
    Schema(.array(items, maximum: maximum, isUnique: isUnique))
  }

  static func object(_ members: [Member], others: Others = .refused) -> Schema {
    Schema(.object(members, others: others))
  }

  static func oneOf(_ alternatives: [Schema]) -> Schema { Schema(.oneOf(alternatives)) }

  static func tagged(by member: String, _ variants: [Variant]) -> Schema {
    Schema(.tagged(by: member, variants))
  }

  static func loosely(_ schema: Schema) -> Schema { Schema(.loosely(schema)) }

  static func component(_ name: String, _ schema: Schema) -> Schema {
    Schema(.component(name, schema))
  }

  /// The same, or null.
  var orNull: Schema {
    var copy = self
    copy.isNullable = true
    return copy
  }

  /// The same with a sentence that says what it is.
  func saying(_ summary: String) -> Schema {
    var copy = self
    copy.summary = summary
    return copy
  }

  func example(_ example: JSON) -> Schema {
    var copy = self
    copy.example = example
    return copy
  }

  /// The schema itself, where this one only names it.
  var resolved: Schema {
    if case .component(_, let schema) = form { schema.resolved } else { self }
  }

  /// The members, if it is an object's.
  var members: [Member] {
    if case .object(let members, _) = resolved.form { members } else { [] }
  }
}

extension Schema.Member {
  static func required(_ name: String, _ schema: Schema) -> Self {
    Self(name: name, isRequired: true, schema: schema)
  }

  static func optional(_ name: String, _ schema: Schema) -> Self {
    Self(name: name, isRequired: false, schema: schema)
  }
}
