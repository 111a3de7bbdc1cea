import TasksModel

/// What the API says of itself.
package enum ServiceSchemas {
  package static let root = Schema.component(
    "Root",
    .object(
      [
        .required("name", .string), .required("version", .string),
        .required("links", .object([], others: .anything).saying("Addresses by what is there.")),
      ], others: .anything
    ).example([
      "name": "tasks", "version": "0.1.0",
      "links": ["tasks": "/api/tasks", "openapi": "/openapi.json", "health": "/health"],
    ]))

  package static let health = Schema.component(
    "Health",
    .object(
      [
        .required("status", .choice(["ok", "failing"])),
        .required("database_readable", .boolean), .required("database_writable", .boolean),
        .required("changes_writable", .boolean), .required("last_sync", .dateTime.orNull),
        .required("queue_length", .integer(0).orNull.saying("Null if it cannot be read.")),
        .required("problems", .array(of: .string).saying("What is wrong, in words.")),
      ], others: .anything
    ).example([
      "status": "ok", "database_readable": true, "database_writable": true,
      "changes_writable": true, "last_sync": nil, "queue_length": 2, "problems": .array([]),
    ]))

  /// RFC 9457.
  package static let problem = Schema.component(
    "Problem",
    .object(
      [
        .required("type", .choice(ProblemKind.allCases.map(\.type))), .required("title", .string),
        .required("status", .integer(400, upTo: 599)), .required("detail", .string),
        .optional(
          "errors",
          .array(
            of: .object(
              [
                .optional("pointer", .string.saying("A JSON pointer (RFC 6901) into the body.")),
                .optional("parameter", .string.saying("The name of a parameter.")),
                .required("detail", .string),
              ], others: .anything), maximum: Schema.mostViolations + 1)),
      ], others: .anything
    ).example(
      Problem.validation([Violation(.body(pointer: "/title"), "must be there")]).document))
}
