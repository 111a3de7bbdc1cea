import TasksModel
import TasksStore

/// Many edits in one transaction, each of which takes effect or fails by itself.
enum BatchRoute {
  static func answer(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    service.write(items: call, answer, each: result) { _, problem in
      JSONWriter.bytes(
        ["problem": problem.document, "status": .integer(Int64(problem.status)), "task": .null],
        style: .canonical)
    }
  }

  private static func result(
    of item: JSON, _ editor: Editor, _ store: Store
  ) throws -> [UInt8] {
    let id = item["id"]?.stringValue.flatMap { TaskID($0) }
    let tags = item["if_match"]?.stringValue.flatMap { EntityTags($0) }
    let body = TaskBody(members: item["data"] ?? .null)
    switch item["operation"]?.stringValue {
    case "create":
      let (record, isNew) = try TaskRoutes.create(body, editor, store)
      return document(record, status: isNew ? 201 : 200)
    case "update":
      let record = try TaskRoutes.change(id, body, replaces: false, tags, editor, store)
      return document(record, status: 200)
    default:
      try TaskRoutes.delete(id, tags, editor, store)
      return document(nil, status: 204)
    }
  }

  private static func document(_ task: TaskRecord?, status: Int) -> [UInt8] {
    var bytes = Array("{\"problem\":null,\"status\":\(status),\"task\":".utf8)
    bytes += task?.json ?? Array("null".utf8)
    return bytes + [UInt8(ascii: "}")]
  }
}
