package import TasksModel

/// The OpenAPI 3.1 document of some routes: the same routes, the same bytes.
///
/// It speaks of tokens only if one of the routes needs one.
package enum OpenAPIDocument {
  package static func bytes(_ routes: [Route] = APIRoutes.all, version: String) -> [UInt8] {
    JSONWriter.bytes(document(routes, version: version), style: .pretty) + [0x0A]
  }

  package static func document(_ routes: [Route] = APIRoutes.all, version: String) -> JSON {
    var members: [JSON.Member] = [
      .init("openapi", "3.1.0"),
      .init(
        "info",
        [
          "title": "tasks", "version": .string(version),
          "summary": "An offline-first task manager.",
          "description":
            .string(
              "The same device as the command line's, spoken to over HTTP: every edit goes through its store and "
                + "its queue, and reaches the other devices by the same push and pull. Unknown members and "
                + "parameters are refused, and so is U+0000 in any text."),
        ]),
      .init("servers", [["url": "/"]]),
    ]
    if routes.contains(where: \.needsToken) {
      members.append(.init("security", [["bearer": .array([])]]))
    }
    members += [
      .init("tags", .array(chapters(routes).map { ["name": .string($0)] })),
      .init("paths", paths(routes)), .init("components", components(routes)),
    ]
    return .object(members)
  }

  private static func chapters(_ routes: [Route]) -> [String] {
    var found: [String] = []
    for route in routes where !found.contains(route.tag) { found.append(route.tag) }
    return found
  }

  private static func paths(_ routes: [Route]) -> JSON {
    let someNeedToken = routes.contains(where: \.needsToken)
    var found: [(path: PathTemplate, methods: [JSON.Member])] = []
    for route in routes {
      let member = JSON.Member(
        route.method.rawValue.lowercased(),
        operation(route, isException: someNeedToken && !route.needsToken))
      if let place = found.firstIndex(where: { $0.path == route.path }) {
        found[place].methods.append(member)
      } else {
        found.append((route.path, [member]))
      }
    }
    return .object(found.map { .init($0.path.description, .object($0.methods)) })
  }

  /// - Parameter isException: whether it needs no token where others do.
  private static func operation(_ route: Route, isException: Bool) -> JSON {
    var members: [JSON.Member] = [
      .init("operationId", .string(route.operation.rawValue)),
      .init("summary", .string(route.summary)), .init("tags", [.string(route.tag)]),
    ]
    if let description = route.description {
      members.append(.init("description", .string(description)))
    }
    if isException { members.append(.init("security", .array([]))) }
    if !route.parameters.isEmpty {
      members.append(.init("parameters", .array(route.parameters.map(\.mention))))
    }
    if let body = route.body { members.append(.init("requestBody", requestBody(body))) }
    members.append(.init("responses", responses(route)))
    return .object(members)
  }

  private static func requestBody(_ body: RequestBody) -> JSON {
    [
      "description": .string(body.summary), "required": .bool(body.isRequired),
      "content": .object(
        body.mediaTypes.map {
          .init($0.description, media(body.schema, example: body.example))
        }),
    ]
  }

  /// A body's schema, and an example: its own, or that of the schema.
  private static func media(_ schema: Schema, example: JSON?) -> JSON {
    var members: [JSON.Member] = [.init("schema", schema.document)]
    if let example = example ?? schema.resolved.example {
      members.append(.init("example", example))
    }
    return .object(members)
  }

  // MARK: - Responses

  /// The route's own answers, then its problems, by their status.
  private static func responses(_ route: Route) -> JSON {
    var found: [(status: Int, document: JSON)] = route.answers.map { answer in
      (answer.status, response(answer, problems: route.kinds.filter { $0.status == answer.status }))
    }
    for status in Set(route.kinds.map(\.status))
    where !found.contains(where: { $0.status == status }) {
      found.append((status, ["$ref": .string("#/components/responses/\(name(of: status))")]))
    }
    found.sort { $0.status < $1.status }
    return .object(found.map { .init(String($0.status), $0.document) })
  }

  private static func response(_ answer: Answer, problems: [ProblemKind]) -> JSON {
    var contents = answer.contents.map {
      JSON.Member($0.mediaType.description, media($0.schema, example: $0.example))
    }
    var headers = answer.headers + AnswerHeader.everywhere.map(\.required)
    if !problems.isEmpty {
      contents.append(.init(MediaType.problem.description, problemMedia(problems)))
      headers += problems[0].headers.map(\.optional)
    }
    return response(answer.summary, headers: headers, contents: contents)
  }

  private static func response(
    _ summary: String, headers: [AnswerHeader], contents: [JSON.Member]
  ) -> JSON {
    var members: [JSON.Member] = [
      .init("description", .string(summary)),
      .init("headers", .object(headers.map { .init($0.name, $0.document) })),
    ]
    if !contents.isEmpty { members.append(.init("content", .object(contents))) }
    return .object(members)
  }

  private static func problemMedia(_ kinds: [ProblemKind]) -> JSON {
    let problem =
      kinds[0].status == 400
      ? ServiceSchemas.problem.resolved.example : Problem(kinds[0], kinds[0].title + ".").document
    return media(ServiceSchemas.problem, example: problem)
  }

  private static func sharedResponses() -> JSON {
    var statuses: [Int] = []
    for kind in ProblemKind.allCases where !statuses.contains(kind.status) {
      statuses.append(kind.status)
    }
    return .object(
      statuses.sorted().map { status in
        let kinds = ProblemKind.allCases.filter { $0.status == status }
        // libmicrohttpd answers too large headers by itself, before the program sees the request.
        let everywhere = AnswerHeader.everywhere.map { status == 431 ? $0 : $0.required }
        return .init(
          name(of: status),
          response(
            kinds.map(\.title).joined(separator: "; or: ") + ".",
            headers: kinds[0].headers + everywhere,
            contents: [.init(MediaType.problem.description, problemMedia(kinds))]))
      })
  }

  /// `NotFound` for 404: what the shared response of a status is called.
  private static func name(of status: Int) -> String {
    switch status {
    case 400: "BadRequest"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "NotFound"
    case 405: "MethodNotAllowed"
    case 406: "NotAcceptable"
    case 409: "Conflict"
    case 412: "PreconditionFailed"
    case 413: "ContentTooLarge"
    case 415: "UnsupportedMediaType"
    case 429: "TooManyRequests"
    case 431: "HeadersTooLarge"
    case 503: "Unavailable"
    case 507: "DiskFull"
    default: "InternalError"
    }
  }

  // MARK: - Components

  private static func components(_ routes: [Route]) -> JSON {
    var schemas: [String: Schema] = [:]
    ServiceSchemas.problem.collectComponents(into: &schemas)
    var parameters: [String: Parameter] = [:]
    for route in routes {
      route.body?.schema.collectComponents(into: &schemas)
      for content in route.answers.flatMap(\.contents) {
        content.schema.collectComponents(into: &schemas)
      }
      for parameter in route.parameters {
        parameter.schema.collectComponents(into: &schemas)
        if let name = parameter.component { parameters[name] = parameter }
      }
    }
    var members: [JSON.Member] = [
      .init("schemas", sorted(schemas.mapValues(\.document))),
      .init("parameters", sorted(parameters.mapValues(\.document))),
      .init("responses", sharedResponses()),
    ]
    if routes.contains(where: \.needsToken) {
      members.append(
        .init(
          "securitySchemes",
          [
            "bearer": [
              "type": "http", "scheme": "bearer",
              "description": "The token that `tasks-serve` made on its first start.",
            ]
          ]))
    }
    return .object(members)
  }

  private static func sorted(_ members: [String: JSON]) -> JSON {
    .object(
      members.sorted { UTF8Order.isLess($0.key, $1.key) }.map { .init($0.key, $0.value) })
  }
}

extension AnswerHeader {
  fileprivate var document: JSON {
    [
      "description": .string(summary), "required": .bool(isRequired), "schema": schema.document,
    ]
  }
}

extension Route {
  /// Every kind of problem that it can have.
  package var kinds: [ProblemKind] {
    var kinds =
      problems + [
        .validation, .forbiddenHost, .forbiddenOrigin, .method, .tooManyRequests, .headersTooLarge,
        .internal, .busy,
      ]
    if needsToken { kinds.append(.unauthorized) }
    if body != nil { kinds += [.malformed, .tooLarge, .mediaType] }
    if !mediaTypes.isEmpty { kinds.append(.notAcceptable) }
    if writes { kinds.append(.diskFull) }
    return kinds
  }
}
