import TasksModel

/// What the API says of many edits in one transaction.
package enum BatchSchemas {
  /// How many items a batch may have, here and in a client's queue.
  package static let mostItems = 1000

  package static let request = Schema.component(
    "BatchRequest",
    .object([
      .required("items", .array(of: item, maximum: mostItems))
    ]).example([
      "items": [
        ["operation": "create", "data": ["title": "Buy soil"]],
        ["operation": "delete", "id": "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60"],
      ]
    ]))

  private static let ifMatch = Schema.Member.optional(
    "if_match", Schema.string(.entityTags).saying("As the header If-Match."))

  private static let item = Schema.tagged(
    by: "operation",
    [
      .init(
        tag: "create",
        schema: .component(
          "BatchCreate",
          .object([
            .required("operation", .choice(["create"])), .required("data", TaskSchemas.newTask),
          ]))),
      .init(
        tag: "update",
        schema: .component(
          "BatchUpdate",
          .object([
            .required("operation", .choice(["update"])), .required("id", .uuid),
            .required("data", TaskSchemas.taskPatch), ifMatch,
          ]))),
      .init(
        tag: "delete",
        schema: .component(
          "BatchDelete",
          .object([
            .required("operation", .choice(["delete"])), .required("id", .uuid), ifMatch,
          ]))),
    ])

  package static let result = Schema.component(
    "BatchResult",
    .object(
      [
        .required(
          "results",
          .array(
            of: .object(
              [
                .required("status", .integer(200, upTo: 599).saying("As of a request of its own.")),
                .required("task", TaskSchemas.task.orNull),
                .required("problem", ServiceSchemas.problem.orNull),
              ], others: .anything)
          ).saying("In the order of the items."))
      ], others: .anything
    ).example(["results": [["status": 201, "task": TaskSchemas.example, "problem": nil]]]))
}
