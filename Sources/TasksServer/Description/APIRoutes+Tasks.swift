import TasksModel

extension APIRoutes {
  static let taskID = Parameter(
    "id", in: .path, .uuid, "The UUID of a task, in either case.",
    example: "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60", component: "TaskID")

  // Any text is taken: what is no entity tag names none, so a change is refused (412) and an answer is sent. A pattern
  // would also keep schemathesis from its own values for these headers; it would send "0" for a valid one.
  private static let ifMatch = Parameter(
    "If-Match", in: .header, .string,
    "Change the task only if its ETag is one of these; what is no entity tag is none of them.",
    example: "\"5d41402abc4b2a76\"", component: "IfMatch")

  private static let ifNoneMatch = Parameter(
    "If-None-Match", in: .header, .string,
    "Answer with 304 if the task's ETag is one of these.", example: "\"5d41402abc4b2a76\"")

  static let tasks: [Route] = [
    Route(
      .listTasks, .get, "/api/tasks", "List tasks", tag: "tasks",
      description: "All tasks that are not deleted, or those that all the filters leave.",
      parameters: filters + [
        Parameter(
          "sort", in: .query, .string(.sort, length: 1...200),
          "Fields separated by commas, each with a dash before it to reverse it. A field that is named again "
            + "changes nothing.",
          example: "due,-priority"),
        Parameter(
          "limit", in: .query, .integer(1, upTo: 1000), "The most tasks on a page; all without it.",
          example: 100),
        Parameter(
          "cursor", in: .query, .string(.cursor, length: 1...2000),
          "Where the page begins, from the Link of the page before. 404 if it is from no page of this list.",
          example: "eyJkdWUiOm51bGx9"),
      ],
      answers: [
        Answer(
          200, "The tasks.", headers: [.link, .totalCount], .array(of: TaskSchemas.task),
          example: [TaskSchemas.example])
      ], problems: [.notFound, .diskFull]),
    Route(
      .createTask, .post, "/api/tasks", "Create a task", tag: "tasks",
      description: "With an `id` of its own a client can safely send the request again.",
      body: RequestBody(TaskSchemas.newTask, "The task."),
      answers: [
        Answer(201, "It was created.", headers: [.location, .entityTag], TaskSchemas.task),
        Answer(
          200, "It was there already, the same.", headers: [.location, .entityTag],
          TaskSchemas.task),
      ], problems: [.conflict], writes: true),
    Route(
      .runBatch, .post, "/api/tasks/batch", "Create, update and delete many tasks", tag: "tasks",
      description: "All in one transaction.",
      body: RequestBody(BatchSchemas.request, "What to do, in order."),
      answers: [Answer(200, "What came of each.", BatchSchemas.result)],
      writes: true),
    Route(
      .getTask, .get, "/api/tasks/{id}", "Get a task", tag: "tasks",
      parameters: [
        taskID, ifNoneMatch,
        Parameter(
          "include_deleted", in: .query, .boolean, "Also if it is deleted.", example: true),
      ],
      answers: [
        Answer(200, "The task.", headers: [.entityTag], TaskSchemas.task),
        Answer(304, "The client has it as it is.", headers: [.entityTag]),
      ], problems: [.notFound]),
    Route(
      .replaceTask, .put, "/api/tasks/{id}", "Replace all fields of a task", tag: "tasks",
      description:
        "What is not there falls back to its default. What only the server sets is ignored.",
      parameters: [taskID, ifMatch],
      body: RequestBody(TaskSchemas.taskReplacement, "The task as it shall be."),
      answers: [Answer(200, "The task.", headers: [.entityTag], TaskSchemas.task)],
      problems: [.notFound, .conflict, .preconditionFailed], writes: true),
    Route(
      .patchTask, .patch, "/api/tasks/{id}", "Change fields of a task", tag: "tasks",
      description:
        "A JSON merge patch (RFC 7396): null takes a value away, a list replaces the list.",
      parameters: [taskID, ifMatch],
      body: RequestBody(
        TaskSchemas.taskPatch, "What changes.", mediaTypes: [.mergePatch, .json]),
      answers: [Answer(200, "The task.", headers: [.entityTag], TaskSchemas.task)],
      problems: [.notFound, .preconditionFailed], writes: true),
    Route(
      .deleteTask, .delete, "/api/tasks/{id}", "Delete a task", tag: "tasks",
      description: "It can be brought back: `is_deleted` false.",
      parameters: [taskID, ifMatch],
      answers: [Answer(204, "It is deleted.")], problems: [.notFound, .preconditionFailed],
      writes: true),
  ]

  private static let filters: [Parameter] = [
    Parameter(
      "completed", in: .query, .boolean, "Only tasks that are done, or are not.", example: false),
    Parameter(
      "project", in: .query, .project, "Only tasks of this project or one below it.",
      example: "home"),
    Parameter("tag", in: .query, .name(upTo: 200), "Only tasks with this tag.", example: "garden"),
    Parameter("priority", in: .query, .priority, "Only tasks of this priority.", example: "H"),
    Parameter(
      "q", in: .query, .string(.someText, length: 1...500),
      "Only tasks with words that begin with these, in title, description or notes.",
      example: "plants"),
    Parameter(
      "due_before", in: .query, .moment, "Only tasks due before then.", example: "2025-12-01"),
    Parameter(
      "due_after", in: .query, .moment, "Only tasks due after then.", example: "2025-11-01"),
    Parameter(
      "updated_since", in: .query, .dateTime, "Only tasks changed then or later.",
      example: "2025-11-21T12:00:00Z"),
    Parameter(
      "include_deleted", in: .query, .boolean, "Deleted tasks as well.", example: true),
  ]
}
