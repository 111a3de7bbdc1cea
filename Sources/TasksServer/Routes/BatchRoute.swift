import TasksModel
import TasksStore

/// Many edits in one transaction, each of which takes effect or fails by itself.
enum BatchRoute {
  static func answer(
    _ service: Service, _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let items = call.values.body?["items"]?.arrayValue ?? []
    let results = ItemResults(count: items.count)
    service.writer.write(
      Writer.Job(
        name: "api",
        steps: items.indices.map { index in
          { results[index] = try result(of: items[index], $0, $1) }
        },
        stepFailed: {
          results[$0] = document(nil, service.problem($1, of: call.request))
        },
        done: { failure in
          answer(
            failure.map { .problem(service.problem($0, of: call.request)) }
              ?? .json(200, results.bytes))
        }))
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

  private static func document(_ task: TaskRecord?, _ problem: Problem) -> [UInt8] {
    JSONWriter.bytes(
      ["problem": problem.document, "status": .integer(Int64(problem.status)), "task": .null],
      style: .canonical)
  }
}

/// What became of the items of a request, as JSON.
///
/// `@unchecked`: the thread that writes fills it, and then hands it to whoever answers.
final class ItemResults: @unchecked Sendable {
  private var results: [[UInt8]]

  init(count: Int) { results = Array(repeating: [], count: count) }

  subscript(index: Int) -> [UInt8] {
    get { results[index] }
    set { results[index] = newValue }
  }

  var bytes: [UInt8] {
    var bytes = Array("{\"results\":[".utf8)
    for (index, result) in results.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += result
    }
    return bytes + Array("]}".utf8)
  }
}
