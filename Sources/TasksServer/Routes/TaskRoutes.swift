import TasksModel
import TasksStore

/// Reading and writing tasks.
enum TaskRoutes {
  static func get(_ service: Service, _ call: Call) throws -> HTTPResponse {
    let id = call.values.taskID()
    let record = try service.readers.read { reading in
      try id.flatMap { try reading.store.record(of: $0) }
    }
    guard let record, !record.isDeleted || call.values.bool("include_deleted") == true else {
      throw missing
    }
    let answer = TaskAnswer(record)
    let isKnown = call.values.entityTags("If-None-Match")?.matchesWeakly(answer.entityTag)
    return isKnown ?? false ? answer.unchanged : answer.response(200)
  }

  static func create(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let body = TaskBody(members: call.values.body ?? .null)
    service.write(call, answer) { editor, store in
      let (record, isNew) = try create(body, editor, store)
      return TaskAnswer(record)
        .response(isNew ? 201 : 200, [HTTPField("Location", record.address)])
    }
  }

  /// Makes a task, unless it is there already, just so.
  static func create(
    _ body: TaskBody, _ editor: Editor, _ store: Store
  ) throws -> (record: TaskRecord, isNew: Bool) {
    let id = body.members["id"]?.stringValue.flatMap { TaskID($0) }
    if let id, let found = try store.record(of: id) {
      guard body.describes(found) else {
        throw Problem(.conflict, "There is a task with this id, and it is another.")
      }
      return (found, false)
    }
    let key = try editor.create(body.creation(at: editor.now), id: id ?? .random())
    guard let record = try store.record(of: key) else { throw missing }
    return (record, true)
  }

  static func replace(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let body = TaskBody(members: call.values.body ?? .null)
    let id = call.values.taskID()
    service.write(call, answer) { editor, store in
      if let said = body.members["id"]?.stringValue.flatMap({ TaskID($0) }), said != id {
        throw Problem(.conflict, "The id in the body is not the one in the address.")
      }
      let tags = call.values.entityTags("If-Match")
      return TaskAnswer(try change(id, body, replaces: true, tags, editor, store)).response(200)
    }
  }

  static func patch(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let body = TaskBody(members: call.values.body ?? .null)
    let id = call.values.taskID()
    service.write(call, answer) { editor, store in
      let tags = call.values.entityTags("If-Match")
      return TaskAnswer(try change(id, body, replaces: false, tags, editor, store)).response(200)
    }
  }

  /// Makes of a task what the body says, if it is what the client thinks it is.
  static func change(
    _ id: TaskID?, _ body: TaskBody, replaces: Bool, _ tags: EntityTags?, _ editor: Editor,
    _ store: Store
  ) throws -> TaskRecord {
    let restores = body.members["is_deleted"].map { $0.boolValue != true } ?? false
    let (key, record) = try find(id, tags, evenIfDeleted: restores, editor, store)
    // What stays as it is shown says nothing about a conflict that the client has not seen.
    let edits = try body.edits(of: record, replaces: replaces, at: editor.now)
      .without { record.shows($0, $1) }
    try editor.update(key, edits)
    guard let changed = try store.record(of: key) else { throw missing }
    return changed
  }

  static func delete(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let id = call.values.taskID()
    service.write(call, answer) { editor, store in
      try delete(id, call.values.entityTags("If-Match"), editor, store)
      return HTTPResponse(204)
    }
  }

  static func delete(
    _ id: TaskID?, _ tags: EntityTags?, _ editor: Editor, _ store: Store
  ) throws {
    try editor.delete(try find(id, tags, evenIfDeleted: false, editor, store).key)
  }

  private static func find(
    _ id: TaskID?, _ tags: EntityTags?, evenIfDeleted: Bool, _ editor: Editor, _ store: Store
  ) throws -> (key: TaskKey, record: TaskRecord) {
    guard let id, let key = try editor.key(of: id), let record = try store.record(of: key),
      evenIfDeleted || !record.isDeleted
    else { throw missing }
    guard tags?.matchesStrongly(TaskAnswer(record).entityTag) ?? true else {
      throw Problem(.preconditionFailed, "The task is not what the If-Match header says.")
    }
    return (key, record)
  }

  static var missing: Problem { Problem(.notFound, "There is no such task.") }
}
