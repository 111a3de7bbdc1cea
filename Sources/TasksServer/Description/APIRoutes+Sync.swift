import TasksModel

extension APIRoutes {
  private static let wait = Parameter(
    "wait", in: .query, .boolean, "Answer when the sync has ended, with its outcome.",
    example: true, component: "Wait")

  private static let syncStarted = Answer(202, "A sync has begun, or will.", SyncSchemas.status)
  private static let queueBody = "What happened on the client, in order."

  static let sync: [Route] = [
    Route(
      .syncBatch, .post, "/api/sync/batch", "Take in a client's offline queue", tag: "sync",
      description:
        "One bad item does not spoil the others, and the same batch again changes nothing.",
      body: RequestBody(SyncSchemas.batch, queueBody),
      answers: [Answer(200, "What came of each item.", SyncSchemas.batchResult)], writes: true),
    Route(
      .syncOrTrigger, .post, "/api/sync", "Take in a client's offline queue, or sync now",
      tag: "sync", description: "With a body as /api/sync/batch, without one as /api/sync/trigger.",
      parameters: [wait], body: RequestBody(SyncSchemas.batch, queueBody, isRequired: false),
      answers: [
        Answer(
          200, "What came of each item, or of the sync.",
          .oneOf([SyncSchemas.batchResult, SyncSchemas.status])),
        syncStarted,
      ], problems: [.syncFailed], writes: true),
    Route(
      .triggerSync, .post, "/api/sync/trigger", "Sync with the remote now", tag: "sync",
      parameters: [wait],
      answers: [Answer(200, "The sync succeeded.", SyncSchemas.status), syncStarted],
      problems: [.syncFailed], writes: true),
    Route(
      .getSyncStatus, .get, "/api/sync/status", "How far syncing is", tag: "sync",
      answers: [Answer(200, "Counts of tasks, and what the sync does.", SyncSchemas.status)]),
    Route(
      .listQueue, .get, "/api/sync/queue", "Operations that wait to be sent", tag: "sync",
      answers: [Answer(200, "The operations.", .array(of: SyncSchemas.queueRow))],
      problems: [.diskFull]),
    Route(
      .followEvents, .get, "/api/events", "Follow what happens", tag: "sync",
      description:
        "Server-sent events `task`, `sync` and `conflict`, each with an id to resume from.",
      parameters: [
        Parameter(
          "Last-Event-ID", in: .header, .integer(0),
          "Go on after this event.", example: 41)
      ],
      answers: [
        Answer(
          200, "A stream without an end.",
          contents: [.init(mediaType: .eventStream, schema: .string, example: nil)])
      ]),
  ]

  static let conflicts: [Route] = [
    Route(
      .listConflicts, .get, "/api/sync/conflicts", "The journal of conflicts", tag: "conflicts",
      answers: [Answer(200, "The conflicts.", .array(of: ConflictSchemas.conflict))],
      problems: [.diskFull]),
    Route(
      .settleConflict, .post, "/api/sync/conflicts/{id}", "Settle a conflict", tag: "conflicts",
      parameters: [
        Parameter(
          "id", in: .path, .string(.conflictID), "The id of a conflict, in full.",
          example: "3f2a9c1e7b00aa11")
      ],
      body: RequestBody(ConflictSchemas.choice, "Which value shall stand."),
      answers: [Answer(200, "The conflict as it ended.", ConflictSchemas.conflict)],
      problems: [.notFound, .conflict], writes: true),
  ]
}
