import TasksModel
import Testing

@testable import TasksServer

@Suite struct OpenAPIDocumentTests {
  private let document = OpenAPIDocument.document(version: "1.2.3")

  /// Every object in a value, with the way to it.
  private func visit(_ value: JSON, at path: String = "#", _ body: (JSON, String) -> Void) {
    body(value, path)
    for member in value.objectValue ?? [] {
      visit(member.value, at: "\(path)/\(member.key)", body)
    }
    for (index, element) in (value.arrayValue ?? []).enumerated() {
      visit(element, at: "\(path)/\(index)", body)
    }
  }

  @Test func theSameRoutesGiveTheSameBytes() {
    #expect(OpenAPIDocument.bytes(version: "1") == OpenAPIDocument.bytes(version: "1"))
  }

  @Test func everyReferenceLeadsSomewhere() {
    var count = 0
    visit(document) { value, path in
      guard let reference = value["$ref"]?.stringValue else { return }
      count += 1
      var target: JSON? = document
      for name in reference.split(separator: "/").dropFirst() { target = target?[String(name)] }
      #expect(reference.hasPrefix("#/") && target != nil, "\(path): \(reference)")
    }
    #expect(count > 100)
  }

  @Test func everyComponentIsReferredTo() {
    var found: Set<String> = []
    visit(document) { value, _ in
      if let reference = value["$ref"]?.stringValue { found.insert(reference) }
    }
    for kind in ["schemas", "parameters", "responses"] {
      for member in document["components"]?[kind]?.objectValue ?? [] {
        #expect(found.contains("#/components/\(kind)/\(member.key)"), "\(kind)/\(member.key)")
      }
    }
  }

  @Test func everyOperationHasAnIDAndItsProblems() {
    var ids: [String] = []
    for path in document["paths"]?.objectValue ?? [] {
      for operation in path.value.objectValue ?? [] {
        let id = operation.value["operationId"]?.stringValue ?? "?"
        ids.append(id)
        let statuses = Set(operation.value["responses"]?.objectValue?.map(\.key) ?? [])
        #expect(
          statuses.isSuperset(of: ["400", "403", "405", "429", "431", "500", "503"]), "\(id)")
        let isOpen = operation.value["security"]?.arrayValue?.isEmpty == true
        #expect(statuses.contains("401") != isOpen, "\(id)")
        let hasBody = operation.value["requestBody"] != nil
        #expect(statuses.isSuperset(of: ["413", "415"]) == hasBody, "\(id)")
      }
    }
    #expect(ids.sorted() == OperationID.allCases.map(\.rawValue).sorted())
  }

  @Test func examplesAreWhatTheySay() {
    for route in APIRoutes.all {
      if let body = route.body {
        for example in [body.example, body.schema.resolved.example].compactMap(\.self) {
          #expect(body.schema.violations(in: example) == [], "\(route.operation)")
        }
      }
      for content in route.answers.flatMap(\.contents) {
        for example in [content.example, content.schema.resolved.example].compactMap(\.self) {
          #expect(content.schema.violations(in: example) == [], "\(route.operation)")
        }
      }
    }
    var components: [String: Schema] = [:]
    for route in APIRoutes.all {
      route.body?.schema.collectComponents(into: &components)
      for content in route.answers.flatMap(\.contents) {
        content.schema.collectComponents(into: &components)
      }
    }
    #expect(components.count > 15)
    for (name, schema) in components {
      if let example = schema.example { #expect(schema.violations(in: example) == [], "\(name)") }
    }
    for kind in ProblemKind.allCases {
      #expect(ServiceSchemas.problem.violations(in: Problem(kind, "x").document) == [])
    }
  }

  @Test func everyAnswerSaysHowSyncingIs() {
    for path in document["paths"]?.objectValue ?? [] {
      for operation in path.value.objectValue ?? [] {
        for response in operation.value["responses"]?.objectValue ?? [] {
          let shared = response.value["$ref"]?.stringValue?.split(separator: "/").last
          let answer =
            shared.flatMap { document["components"]?["responses"]?[String($0)] } ?? response.value
          for header in ["X-Sync-Status", "X-Request-Id"] {
            #expect(
              answer["headers"]?[header] != nil, "\(path.key) \(operation.key) \(response.key)")
          }
        }
      }
    }
  }
}
