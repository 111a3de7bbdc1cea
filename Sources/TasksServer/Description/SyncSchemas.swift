import TasksModel

/// What the API says of syncing.
package enum SyncSchemas {
  /// What an item must be, or it alone fails: whoever answers checks each item with this.
  package static let item = Schema.component(
    "SyncItem",
    .object([
      .required("client_id", .name(upTo: 200).saying("Tells the clients' own ids apart.")),
      .required("operation", .choice(["create", "update", "delete"])),
      .required("data", TaskSchemas.offlineTask),
      .optional(
        "base", .dateTime.orNull.saying("The `updated_at` that the client last got for the task.")),
    ]).example(itemExample))

  private static let itemExample: JSON = [
    "client_id": "phone", "operation": "create",
    "data": [
      "id": "offline-task-1", "title": "Water the plants", "updated_at": "2024-01-15T10:30:00Z",
    ],
  ]

  /// Any object will do as an item, because one bad item does not spoil the others.
  package static let batch = Schema.component(
    "SyncBatch",
    .object([.required("items", .array(of: .loosely(item), maximum: BatchSchemas.mostItems))])
      .example(["items": [itemExample]]))

  package static let batchResult = Schema.component(
    "SyncResult",
    .object(
      [
        .required("results", .array(of: itemResult).saying("In the order of the items."))
      ], others: .anything
    ).example([
      "results": [
        [
          "id": "offline-task-1", "server_id": "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60",
          "status": "applied", "resolution": nil, "task": TaskSchemas.example, "error": nil,
        ]
      ]
    ]))

  private static let itemResult = Schema.component(
    "SyncItemResult",
    .object(
      [
        .required("id", .string.orNull.saying("The id of the item; null if it had none.")),
        .required("server_id", .uuid.orNull),
        .required("status", .choice(["applied", "conflict", "duplicate", "error"])),
        .required(
          "resolution",
          .choice(["client", "server"]).orNull.saying("Who won; null where nothing competed.")),
        .required("task", TaskSchemas.task.orNull),
        .required("error", ServiceSchemas.problem.orNull),
      ], others: .anything))

  package static let status = Schema.component(
    "SyncStatus",
    .object(
      [
        .required("pending", .integer(0)), .required("failed", .integer(0)),
        .required("synced", .integer(0)), .required("total", .integer(0)),
        .required("online", .boolean),
        .required(
          "in_progress",
          .object(
            [
              .required("done", .integer(0).saying("Bundles.")), .required("total", .integer(0)),
              .required("percent", .integer(0, upTo: 100)),
            ], others: .anything
          ).orNull),
        .required("last_sync", .dateTime.orNull),
        .required("last_error", .string.orNull),
        .required("breaker", .choice(["closed", "open", "half_open"])),
      ], others: .anything
    ).example([
      "pending": 2, "failed": 0, "synced": 40, "total": 42, "online": true, "in_progress": nil,
      "last_sync": "2025-11-21T12:40:00.000Z", "last_error": nil, "breaker": "closed",
    ]))

  package static let queueRow = Schema.component(
    "QueueRow",
    .object(
      [
        .required("id", .integer(0)), .required("task_id", .uuid), .required("operation", .string),
        .required("task_data", .object([], others: .anything)),
        .required("retry_count", .integer(0)), .required("max_retries", .integer(0)),
        .required("status", .choice(["pending", "failed"])), .required("created_at", .dateTime),
        .required("last_attempted_at", .dateTime.orNull), .required("last_error", .string.orNull),
      ], others: .anything
    ).example([
      "id": 17, "task_id": "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60", "operation": "update",
      "task_data": ["title": "Water the plants"], "retry_count": 0, "max_retries": 3,
      "status": "pending", "created_at": "2025-11-21T12:40:00.000Z", "last_attempted_at": nil,
      "last_error": nil,
    ]))
}
