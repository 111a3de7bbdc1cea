import TasksFormat
import TasksModel
import TasksStore

/// What an app did while it was offline.
enum QueueRoute {
  /// How far a client's clock may be ahead.
  private static let tolerance: Int64 = 5 * 60_000

  static func answer(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    service.write(
      items: call, answer, each: { try result(of: $0, service, $1, $2) }, failed: failed)
  }

  private static func result(
    of item: JSON, _ service: Service, _ editor: Editor, _ store: Store
  ) throws -> [UInt8] {
    let violations = SyncSchemas.item.violations(in: item)
    guard violations.isEmpty else { throw Problem.validation(violations) }
    let data = item["data"] ?? .null
    let edit = edit(item, data, editor)
    // Changes carry no other times: the edit could be kept here, but never sent.
    guard Instant.validRange.contains(edit.at) else {
      throw Problem(.validation, "updated_at is before 1970.")
    }
    guard edit.at <= editor.now.adding(milliseconds: tolerance) else {
      throw Problem(.validation, "updated_at is more than 5 minutes in the future.")
    }
    let outcome = try editor.take(edit, in: store) { record in
      try edits(TaskBody(members: data), edit, of: record)
    }
    guard outcome != .unknownTask else { throw TaskRoutes.missing }
    let record = try store.record(of: edit.task)
    let (status, resolution): (String, String?) =
      switch outcome {
      case .applied: ("applied", nil)
      case .won: ("applied", "client")
      case .lost: ("conflict", "server")
      case .duplicate: ("duplicate", nil)
      case .unknownTask: ("error", nil)
      }
    if outcome == .won || outcome == .lost {
      service.log.note(
        "conflict: an edit of task \(edit.task.text) by a client, \(resolution ?? "") wins")
    }
    var bytes: [UInt8] = Array("{\"error\":null,\"id\":".utf8)
    JSONWriter.append(data["id"] ?? .null, to: &bytes)
    JSONWriter.append(",\"resolution\":", to: &bytes)
    JSONWriter.append(resolution.map(JSON.string) ?? .null, to: &bytes)
    JSONWriter.append(",\"server_id\":", to: &bytes)
    JSONWriter.append(string: edit.task.text, to: &bytes)
    JSONWriter.append(",\"status\":", to: &bytes)
    JSONWriter.append(string: status, to: &bytes)
    JSONWriter.append(",\"task\":", to: &bytes)
    bytes += record?.json ?? Array("null".utf8)
    return bytes + [UInt8(ascii: "}")]
  }

  private static func edit(_ item: JSON, _ data: JSON, _ editor: Editor) -> ClientEdit {
    let at = data["updated_at"]?.stringValue.flatMap { Instant(iso: $0) } ?? editor.now
    let kind: OperationKind =
      switch item["operation"]?.stringValue {
      case "create": .create
      case "delete": .delete
      default: .update
      }
    return ClientEdit(
      kind, task(item, data), by: item["client_id"]?.stringValue ?? "", at: at,
      base: item["base"]?.stringValue.flatMap { Instant(iso: $0) },
      hash: Digest(of: Array(item.canonicalText.utf8)).text)
  }

  /// What the client said of a task as it can have seen it; nil for one that is not there.
  private static func edits(
    _ body: TaskBody, _ edit: ClientEdit, of record: TaskRecord?
  ) throws -> Edits {
    if edit.kind == .delete { return Edits() }
    guard edit.kind == .update || body.members["title"] != nil else {
      throw Problem.validation([Violation(.body(pointer: "/data/title"), "must be there")])
    }
    guard var record else { return try body.creation(at: edit.at) }
    // That a deleted task stays deleted is for the rule of merging to decide.
    record.isDeleted = false
    return try body.edits(of: record, replaces: false, at: edit.at)
  }

  /// A UUID is the task's own; any other name is the client's, and makes the same task on every server.
  private static func task(_ item: JSON, _ data: JSON) -> TaskID {
    let name = data["id"]?.stringValue ?? ""
    return TaskID(name) ?? TaskID(client: item["client_id"]?.stringValue ?? "", name: name)
  }

  private static func failed(_ item: JSON, _ problem: Problem) -> [UInt8] {
    let data = item["data"]
    let id = data?["id"]?.stringValue
    let server =
      id.map { _ in JSON.string(task(item, data ?? .null).text) } ?? .null
    return JSONWriter.bytes(
      [
        "error": problem.document, "id": id.map(JSON.string) ?? .null, "resolution": .null,
        "server_id": server, "status": "error", "task": .null,
      ], style: .canonical)
  }
}
