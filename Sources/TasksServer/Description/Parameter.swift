import TasksModel

/// Something a request says outside its body.
package struct Parameter: Sendable {
  package enum Place: String, Sendable {
    case path
    case query
    case header
  }

  package let place: Place
  package let name: String
  let schema: Schema
  /// A sentence or two for the document.
  let summary: String
  let example: JSON
  /// What the document calls it, if several routes share it.
  let component: String?

  init(
    _ name: String, in place: Place, _ schema: Schema, _ summary: String, example: JSON,
    component: String? = nil
  ) {
    self.name = name
    self.place = place
    self.schema = schema
    self.summary = summary
    self.example = example
    self.component = component
  }

  /// Reads the text of a parameter; the violations are empty exactly if there is a value.
  ///
  /// Numbers and truth values have one text each, the one that JSON has for them.
  func read(_ text: String) -> (value: JSON?, violations: [Violation]) {
    let value: JSON =
      switch schema.resolved.form {
      case .boolean where text.utf8.elementsEqual("true".utf8): true
      case .boolean where text.utf8.elementsEqual("false".utf8): false
      case .integer: Self.integer(text).map(JSON.integer) ?? .string(text)
      default: .string(text)
      }
    let violations = schema.violations(in: value).map {
      Violation(.parameter(name), $0.detail)
    }
    // `nil` in a conditional expression would be JSON's null here.
    guard violations.isEmpty else { return (.none, violations) }
    return (value, [])
  }

  private static func integer(_ text: String) -> Int64? {
    guard let value = Int64(text), String(value).utf8.elementsEqual(text.utf8) else { return nil }
    return value
  }
}

extension Parameter {
  /// The parameter as OpenAPI 3.1 has it.
  var document: JSON {
    [
      "name": .string(name), "in": .string(place.rawValue), "description": .string(summary),
      "required": .bool(place == .path), "schema": schema.document, "example": example,
    ]
  }

  /// What stands for it in a route: itself, or a reference to it.
  var mention: JSON {
    component.map { ["$ref": .string("#/components/parameters/\($0)")] } ?? document
  }
}
