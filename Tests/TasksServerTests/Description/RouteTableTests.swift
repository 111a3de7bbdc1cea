import TasksModel
import Testing

@testable import TasksServer

@Suite struct RouteTableTests {
  private let table: RouteTable<OperationID>

  init() throws { table = try RouteTable { $0 } }

  private func outcome(_ method: String, _ path: String) -> String {
    switch table.match(method: method, path: path) {
    case .found(let route, let handler, let values):
      #expect(route.operation == handler)
      return
        "\(handler.rawValue)\(values.isEmpty ? "" : " \(values["id"] ?? "?")")"
    case .options(let allow): return "options \(allow.joined(separator: " "))"
    case .noSuchPath: return "404"
    case .notThisMethod(let allow): return "405 \(allow.joined(separator: " "))"
    }
  }

  @Test(arguments: [
    ("GET", "/", "getRoot"), ("HEAD", "/", "getRoot"), ("GET", "/health", "getHealth"),
    ("GET", "/api/tasks", "listTasks"), ("POST", "/api/tasks", "createTask"),
    ("GET", "/api/tasks/x", "getTask x"), ("HEAD", "/api/tasks/x", "getTask x"),
    ("PATCH", "/api/tasks/x", "patchTask x"), ("POST", "/api/tasks/batch", "runBatch"),
    ("POST", "/api/sync", "syncOrTrigger"), ("POST", "/api/sync/conflicts/x", "settleConflict x"),
    ("GET", "/api/tasks/batch", "405 POST OPTIONS"),
    ("DELETE", "/api/tasks", "405 GET HEAD POST OPTIONS"),
    ("POST", "/api/tasks/x", "405 GET HEAD PUT PATCH DELETE OPTIONS"),
    ("TRACE", "/", "405 GET HEAD OPTIONS"), ("get", "/", "405 GET HEAD OPTIONS"),
    ("HEAD", "/api/sync", "405 POST OPTIONS"),
    ("OPTIONS", "/api/tasks/x", "options GET HEAD PUT PATCH DELETE OPTIONS"),
    ("GET", "/api/tasks/", "404"), ("GET", "/api/tasks/x/y", "404"), ("GET", "//", "404"),
    ("OPTIONS", "/nowhere", "404"),
    ("GET", "/API/tasks", "404"), ("GET", "/api//tasks", "404"),
  ])
  func aRequestFindsItsRoute(method: String, path: String, expected: String) {
    #expect(outcome(method, path) == expected)
  }

  private func route(_ method: HTTPMethod, _ path: PathTemplate) -> Route {
    Route(.getRoot, method, path, "x", tag: "x", answers: [])
  }

  @Test func routesThatClashAreRefused() {
    for clash in [
      [route(.get, "/a/{id}"), route(.get, "/a/{id}")],
      [route(.get, "/a/{id}"), route(.get, "/a/{name}")],
      [route(.get, "/a/{id}"), route(.put, "/a/{name}")],
    ] {
      #expect(throws: RouteClash.self) { try RouteTable(clash) { $0 } }
    }
    #expect(throws: Never.self) {
      try RouteTable([route(.get, "/a/{id}"), route(.put, "/a/{id}"), route(.get, "/a/b")]) { $0 }
    }
  }

  @Test func aWordComesBeforeAGapWhateverTheOrder() throws {
    let routes = [route(.get, "/{a}/x"), route(.get, "/b/{c}"), route(.get, "/b/x")]
    let table = try RouteTable(routes) { _ in 0 }
    guard case .found(let found, _, _) = table.match(method: "GET", path: "/b/x") else {
      Issue.record("not found")
      return
    }
    #expect(found.path.description == "/b/x")
  }

  // MARK: - The table of the API

  @Test func everyOperationHasOneRoute() {
    #expect(
      APIRoutes.all.map(\.operation.rawValue).sorted()
        == OperationID.allCases.map(\.rawValue).sorted())
  }

  @Test func parametersAreDeclaredOnceAndGapsAreParameters() {
    for route in APIRoutes.all {
      let names = route.parameters.map { $0.name.lowercased() }
      #expect(Set(names).count == names.count, "\(route.operation)")
      #expect(
        route.parameters.filter { $0.place == .path }.map(\.name) == route.path.parameterNames)
    }
  }

  @Test func textsAreThere() {
    for route in APIRoutes.all {
      #expect(!route.summary.isEmpty && !route.summary.hasSuffix("."), "\(route.operation)")
      #expect(route.answers.allSatisfy { $0.summary.hasSuffix(".") }, "\(route.operation)")
      #expect(Set(route.answers.map(\.status)).count == route.answers.count)
      for parameter in route.parameters {
        #expect(parameter.summary.hasSuffix("."), "\(route.operation) \(parameter.name)")
        let text = parameter.example.stringValue ?? parameter.example.canonicalText
        #expect(parameter.read(text).value == parameter.example, "\(parameter.name)")
      }
    }
  }
}

extension RouteTable {
  /// Matches a path as people write it.
  fileprivate func match(method: String, path: String) -> Match {
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    return match(method: method, segments: parts == [""] ? [] : parts.map(String.init))
  }
}
