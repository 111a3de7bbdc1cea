package import TasksModel

extension Schema {
  static let componentPath = "#/components/schemas/"

  /// The schema as JSON Schema 2020-12, as OpenAPI 3.1 has it.
  package var document: JSON {
    var members = annotated(formDocument)
    if let example { members.append(.init("examples", [example])) }
    return .object(members)
  }

  private func annotated(_ members: [JSON.Member]) -> [JSON.Member] {
    guard let summary else { return members }
    return members + [.init("description", .string(summary))]
  }

  private var formDocument: [JSON.Member] {
    switch form {
    case .anything: []
    case .boolean: [type("boolean")]
    case .integer(let range):
      [
        type("integer"), .init("minimum", .integer(range.lowerBound)),
        .init("maximum", .integer(range.upperBound)),
      ]
    case .string(let rule, let length): stringDocument(rule, length)
    case .choice(let words): choiceDocument(words)
    case .array(let items, let maximum, let isUnique):
      [type("array"), .init("items", items.document)]
        + (maximum.map { [.init("maxItems", .integer(Int64($0)))] } ?? [])
        + (isUnique ? [.init("uniqueItems", true)] : [])
    case .object(let members, let others): objectDocument(members, others)
    case .oneOf(let schemas):
      [.init("oneOf", .array(schemas.map(\.document) + (isNullable ? [["type": "null"]] : [])))]
    case .tagged(let name, let variants): taggedDocument(name, variants)
    case .loosely(let schema):
      [.init("anyOf", [schema.document, ["type": "object"]])]
    case .component(let name, _):
      isNullable ? Self.orNull(Self.reference(name)) : Self.reference(name)
    }
  }

  private func type(_ name: String) -> JSON.Member {
    .init("type", isNullable ? [.string(name), "null"] : .string(name))
  }

  private func choiceDocument(_ words: [String]) -> [JSON.Member] {
    let members: [JSON.Member] =
      words.count == 1
      ? [.init("const", .string(words[0]))]
      : [.init("type", "string"), .init("enum", .array(words.map(JSON.string)))]
    // Beside words, generators of clients take null for another word.
    return isNullable ? Self.orNull(members) : members
  }

  private func stringDocument(_ rule: TextRule?, _ length: ClosedRange<Int>?) -> [JSON.Member] {
    var members = [type("string")]
    if let format = rule?.format { members.append(.init("format", .string(format))) }
    if let length {
      if length.lowerBound > 0 {
        members.append(.init("minLength", .integer(Int64(length.lowerBound))))
      }
      members.append(.init("maxLength", .integer(Int64(length.upperBound))))
    }
    if let rule { members.append(.init("pattern", .string(rule.pattern))) }
    return members
  }

  private func objectDocument(_ known: [Member], _ others: Others) -> [JSON.Member] {
    var members = [type("object")]
    if !known.isEmpty {
      members.append(
        .init("properties", .object(known.map { .init($0.name, $0.schema.document) })))
    }
    let required = known.filter(\.isRequired).map { JSON.string($0.name) }
    if !required.isEmpty { members.append(.init("required", .array(required))) }
    switch others {
    case .refused: members.append(.init("additionalProperties", false))
    case .anything: members.append(.init("additionalProperties", true))
    }
    return members
  }

  private func taggedDocument(_ name: String, _ variants: [Variant]) -> [JSON.Member] {
    var mapping: [JSON.Member] = []
    for variant in variants {
      if case .component(let component, _) = variant.schema.form {
        mapping.append(.init(variant.tag, .string(Self.componentPath + component)))
      }
    }
    return [
      .init(
        "oneOf", .array(variants.map(\.schema.document) + (isNullable ? [["type": "null"]] : []))),
      .init(
        "discriminator", ["propertyName": .string(name), "mapping": .object(mapping)]),
    ]
  }

  private static func reference(_ name: String) -> [JSON.Member] {
    [.init("$ref", .string(componentPath + name))]
  }

  private static func orNull(_ members: [JSON.Member]) -> [JSON.Member] {
    [.init("oneOf", [.object(members), ["type": "null"]])]
  }
}

extension Schema {
  /// Adds the components that this refers to, and those that they refer to, by name.
  func collectComponents(into found: inout [String: Schema]) {
    switch form {
    case .component(let name, let schema):
      guard found[name] == nil else { return }
      found[name] = schema
      schema.collectComponents(into: &found)
    case .array(let items, _, _): items.collectComponents(into: &found)
    case .object(let members, _):
      for member in members { member.schema.collectComponents(into: &found) }
    case .oneOf(let schemas): for schema in schemas { schema.collectComponents(into: &found) }
    case .tagged(_, let variants):
      for variant in variants { variant.schema.collectComponents(into: &found) }
    case .loosely(let schema): schema.collectComponents(into: &found)
    case .anything, .boolean, .integer, .string, .choice: break
    }
  }
}
