package import TasksModel

/// What the API says of tasks.
package enum TaskSchemas {
  /// A task in answers: every member is always there, as in the command line's `--json`.
  ///
  /// Text has no rules here: the rules hold at entry, and what other devices wrote is merged whatever it looks like.
  package static let task = Schema.component(
    "Task",
    .object(
      [
        .required("id", .uuid),
        .required("number", .integer(1).orNull.saying("Small and local; null for closed tasks.")),
        .required("title", .string.orNull),
        .required("description", .string.orNull),
        .required("completed", .boolean),
        .required("completed_at", .dateTime.orNull),
        .required("project", .string.orNull),
        .required("priority", .string.orNull),
        .required("due", .moment.orNull),
        .required("wait", .moment.orNull.saying("The task hides until then.")),
        .required("tags", .array(of: .string)),
        .required("notes", .array(of: note)),
        .required("created_at", .dateTime),
        .required("updated_at", .dateTime),
        .required("is_deleted", .boolean),
        .required("sync_status", syncStatus),
        .required("server_id", .string.orNull),
        .required("last_synced_at", .dateTime.orNull),
        .required(
          "fields", .object([], others: .anything).saying("Fields this version does not know.")),
      ], others: .anything
    ).example(example))

  package static let note = Schema.component(
    "Note",
    .object(
      [
        .required("id", .string), .required("at", .dateTime), .required("text", .string),
      ], others: .anything))

  /// A note in a new task.
  private static let newNote = Schema.component(
    "NewNote",
    .object([
      .optional("id", .name(upTo: 200).saying("Made from time and text if it is not there.")),
      .required("text", .noteText),
    ]))

  /// A note in a change of a task: `at` may stand in it, as the client got it.
  private static let writtenNote = Schema.component(
    "WrittenNote",
    .object([
      .optional(
        "id", .name(upTo: 200).saying("A known one keeps its time; without one the note is new.")),
      .optional("at", .dateTime.saying("Ignored: the server knows.")),
      .required("text", .noteText),
    ]))

  private static let syncStatus = Schema.choice(["pending", "synced", "error"])
  private static let tags = Schema.array(of: .tag, maximum: 1000, isUnique: true)

  /// What a task need not have: null is as if it were not there.
  private static let attributes: [Schema.Member] = [
    .optional("description", .longText.orNull),
    .optional("project", .project.orNull),
    .optional("priority", .priority.orNull),
    .optional("due", .moment.orNull),
    .optional("wait", .moment.orNull),
  ]

  /// POST: what only the server sets is unknown here.
  package static let newTask = Schema.component(
    "NewTask",
    .object(
      [
        .optional("id", .uuid.saying("The client's own, so that a repeated request is harmless.")),
        .required("title", .title),
      ] + attributes + [
        .optional("tags", tags),
        .optional("notes", .array(of: newNote, maximum: 1000)),
        .optional("completed", .boolean),
      ]
    ).example([
      "title": "Water the plants", "project": "home", "priority": "H", "due": "2025-11-28",
      "tags": ["garden"],
    ]))

  /// What PUT and a client's queue may say of a task.
  private static let replaceable: [Schema.Member] =
    attributes + [
      .optional("tags", tags),
      .optional("notes", .array(of: writtenNote, maximum: 1000)),
      .optional("completed", .boolean),
      .optional("is_deleted", .boolean.saying("False brings a deleted task back.")),
    ]

  /// What only the server sets, taken and ignored so that an answer can be changed and sent back.
  ///
  /// Not marked `readOnly`: tools take that for "must not be sent" (schemathesis does), and then schema and code would
  /// differ. The types are checked all the same.
  private static let ignored: [Schema.Member] = [
    .optional("number", .integer(1).orNull.ignored),
    .optional("created_at", .dateTime.ignored),
    .optional("updated_at", .dateTime.ignored),
    .optional("completed_at", .dateTime.orNull.ignored),
    .optional("sync_status", syncStatus.ignored),
    .optional("server_id", Schema.string(.text).orNull.ignored),
    .optional("last_synced_at", .dateTime.orNull.ignored),
    .optional("fields", Schema.object([], others: .anything).ignored),
  ]

  /// PUT: what is not there falls back to its default.
  package static let taskReplacement = Schema.component(
    "TaskReplacement",
    .object(
      [
        .optional(
          "id", .uuid.saying("If it is there, the one in the address, or the answer is 409.")),
        .required("title", .title),
      ] + replaceable + ignored
    ).example(["title": "Water the plants", "completed": true]))

  /// PATCH: RFC 7396; null takes a value away, which for the last four members leaves their default.
  package static let taskPatch = Schema.component(
    "TaskPatch",
    .object(
      [.optional("title", .title)] + attributes + [
        .optional("tags", tags.orNull),
        .optional("notes", .array(of: writtenNote, maximum: 1000).orNull),
        .optional("completed", .boolean.orNull),
        .optional(
          "is_deleted", .boolean.orNull.saying("False or null brings a deleted task back.")),
      ]
    ).example(["completed": true, "due": nil]))

  /// What a client's queue has of a task: as in PUT, with a name of any form and its own time.
  package static let offlineTask = Schema.component(
    "OfflineTask",
    .object(
      [
        .required("id", .name(upTo: 200).saying("A UUID, or the client's own name for the task.")),
        .required("updated_at", .dateTime.saying("When it happened on the client: since 1970.")),
        .optional("title", .title.saying("Needed to create a task.")),
      ] + replaceable + ignored.filter { $0.name != "updated_at" }))

  package static let example: JSON = [
    "id": "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60", "number": 3, "title": "Water the plants",
    "description": nil, "completed": false, "completed_at": nil, "project": "home",
    "priority": "H", "due": "2025-11-28", "wait": nil, "tags": ["garden"],
    "notes": [
      ["id": "8c7d03a1f2e4b596", "at": "2025-11-21T12:40:00.000Z", "text": "Not the cactus."]
    ], "created_at": "2025-11-21T12:34:56.789Z", "updated_at": "2025-11-21T12:40:00.000Z",
    "is_deleted": false, "sync_status": "pending", "server_id": nil, "last_synced_at": nil,
    "fields": .object([]),
  ]
}

extension Schema {
  fileprivate var ignored: Schema { saying("Set by the server; ignored here.") }
}
