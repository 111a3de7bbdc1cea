/// All routes, each with what answers it.
package struct RouteTable<Handler> {
  package let routes: [Route]
  private let handlers: [Handler]
  private let paths: [Path]

  /// A path and its methods.
  private struct Path {
    let template: PathTemplate
    var routes: [HTTPMethod: Int]
    var allow: [String]
  }

  package enum Match {
    /// To HEAD as to GET; the body is left out below.
    case found(Route, Handler, values: [String: String])
    /// Answer with 204 and these in `Allow`.
    case options(allow: [String])
    case noSuchPath
    case notThisMethod(allow: [String])
  }

  /// Binds a handler to every route; a `switch` over `OperationID` leaves none out.
  package init(
    _ routes: [Route] = APIRoutes.all, bind: (OperationID) throws -> Handler
  ) throws {
    var paths: [Path] = []
    for (index, route) in routes.enumerated() {
      let place = paths.firstIndex { $0.template.shape == route.path.shape }
      guard let place else {
        paths.append(Path(template: route.path, routes: [route.method: index], allow: []))
        continue
      }
      // Of one path the gaps have one name too: the document has it once.
      guard paths[place].template == route.path, paths[place].routes[route.method] == nil else {
        throw RouteClash(method: route.method, path: route.path)
      }
      paths[place].routes[route.method] = index
    }
    for place in paths.indices { paths[place].allow = Self.allow(paths[place].routes.keys) }
    self.routes = routes
    self.handlers = try routes.map { try bind($0.operation) }
    self.paths = paths.sorted { Self.isMoreExact($0.template, $1.template) }
  }

  /// Finds who answers a request.
  ///
  /// `segments` are what stands between the slashes, decoded. A path that is declared in full comes before
  /// one with a gap, whatever the method: `/api/tasks/batch` is no task.
  package func match(method: String, segments: [String]) -> Match {
    for path in paths {
      guard let values = path.template.match(segments) else { continue }
      if method == "OPTIONS" { return .options(allow: path.allow) }
      guard let known = method == "HEAD" ? .get : HTTPMethod(rawValue: method),
        let index = path.routes[known]
      else { return .notThisMethod(allow: path.allow) }
      return .found(routes[index], handlers[index], values: values)
    }
    return .noSuchPath
  }

  private static func allow(_ methods: some Collection<HTTPMethod>) -> [String] {
    var names: [String] = []
    for method in HTTPMethod.allCases where methods.contains(method) {
      names.append(method.rawValue)
      if method == .get { names.append("HEAD") }
    }
    return names + ["OPTIONS"]
  }

  /// Where two differ first, one with a word comes before one with a gap.
  private static func isMoreExact(_ lhs: PathTemplate, _ rhs: PathTemplate) -> Bool {
    for (left, right) in zip(lhs.shape, rhs.shape) where left != right {
      if left == nil || right == nil { return right == nil }
    }
    return false
  }
}

extension RouteTable: Sendable where Handler: Sendable {}

/// Two routes for the same requests, or one path under two names.
package struct RouteClash: Error {
  package let method: HTTPMethod
  package let path: PathTemplate
}
