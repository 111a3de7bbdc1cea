/// Every route there is.
package enum APIRoutes {
  package static let all: [Route] = service + tasks + sync + conflicts
}

extension APIRoutes {
  static let service: [Route] = [
    Route(
      .getRoot, .get, "/", "Name, version and addresses", tag: "service",
      answers: [Answer(200, "What this is.", ServiceSchemas.root)], needsToken: false),
    Route(
      .getHealth, .get, "/health", "Whether everything works", tag: "service",
      answers: [
        Answer(200, "Everything works.", ServiceSchemas.health),
        Answer(503, "Something does not.", ServiceSchemas.health),
      ], needsToken: false),
    Route(
      .getOpenAPI, .get, "/openapi.json", "This document", tag: "service",
      answers: [Answer(200, "OpenAPI 3.1.", .object([], others: .anything))], needsToken: false),
  ]
}
