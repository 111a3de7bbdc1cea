import TasksModel
import TasksStore
import TasksSync

/// Syncing, and what waits for it.
enum SyncRoutes {
  static func status(_ service: Service, _ call: Call) throws -> HTTPResponse {
    .json(200, document: try service.syncStatus())
  }

  static func queue(_ service: Service, _ call: Call) throws -> HTTPResponse {
    var list = ListAnswer(service.space)
    try service.readers.read { reading in
      try reading.store.forEachQueued { row in
        list.add { JSONWriter.append(document(row), to: &$0) }
      }
    }
    return .json(200, body: try list.body())
  }

  private static func document(_ row: QueuedOperation) -> JSON {
    func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
    return [
      "id": .integer(row.id), "task_id": .string(row.task.text), "operation": .string(row.kind),
      "task_data": row.fields, "retry_count": .integer(Int64(row.attempts)),
      "max_retries": .integer(Int64(Synchronizer.attempts)), "status": .string(row.state),
      "created_at": .string(row.at.description),
      "last_attempted_at": text(row.attemptedAt?.description),
      "last_error": text(row.lastError.map(Discretion.told)),
    ]
  }

  static func trigger(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) throws {
    guard call.values.bool("wait") == true else {
      service.worker.trigger()
      return answer(.json(202, document: try service.syncStatus()))
    }
    service.worker.trigger { outcome in
      switch outcome {
      case .failed(let reason):
        answer(.problem(Problem(.syncFailed, "\(Discretion.told(reason)).", retryAfter: 60)))
      case .busy: answer(.problem(Problem(.busy, "Nothing was synced yet.", retryAfter: 2)))
      case .succeeded, .noRemote:
        answer(
          (try? service.syncStatus()).map { .json(200, document: $0) }
            ?? .problem(Problem(.internal, "The status cannot be read.")))
      }
    }
  }

  static func batchOrTrigger(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) throws {
    if call.values.body == nil {
      try trigger(service, call, answer)
    } else {
      QueueRoute.answer(service, call, answer)
    }
  }

  // MARK: - Conflicts

  static func conflicts(_ service: Service, _ call: Call) throws -> HTTPResponse {
    var list = ListAnswer(service.space)
    try service.readers.read { reading in
      let json = ConflictJSON(ownName: try name(of: reading.store))
      try reading.store.forEachOpenConflict { conflict in
        list.add { JSONWriter.append(json.document(conflict), to: &$0) }
      }
    }
    return .json(200, body: try list.body())
  }

  static func settle(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let id = call.values.text("id") ?? ""
    let loser = call.values.body?["loser"]?.integerValue
    service.write(call, answer) { editor, store in
      let settled = try editor.settle(id, in: store) { conflict in
        guard let loser else { return conflict.winner.value }
        guard let place = Int(exactly: loser), conflict.losers.indices.contains(place) else {
          throw Problem(.conflict, "The conflict has no such loser.")
        }
        return conflict.losers[place].value
      }
      service.log.note(
        "conflict \(settled.id) resolved: \(loser == nil ? "kept as it is" : "another value taken")"
      )
      return .json(200, document: ConflictJSON(ownName: try name(of: store)).document(settled))
    }
  }

  private static func name(of store: Store) throws -> String {
    try store.device(named: "this device").name
  }
}
