import TasksFormat
import TasksModel

/// A task as the answer to a request.
struct TaskAnswer {
  /// Names the content of the task: what people write, not how far it has got to other devices.
  ///
  /// A sync in the background must not keep a client from changing what it has just read.
  let entityTag: String
  private let json: [UInt8]

  init(_ task: TaskRecord) {
    var json: [UInt8] = []
    json.reserveCapacity(1 << 10)
    let written = TaskJSON.appendMarked(task, to: &json)
    let digest = Digest(of: Array(written.map { json[$0] }.joined()))
    self.json = json
    entityTag = String(digest.text.prefix(32))
  }

  /// The answer that is the task.
  func response(_ status: Int, _ fields: [HTTPField] = []) -> HTTPResponse {
    .json(status, json, fields + [tag])
  }

  /// The answer to a client that has it as it is.
  var unchanged: HTTPResponse { HTTPResponse(304, [tag]) }

  private var tag: HTTPField { HTTPField("ETag", "\"\(entityTag)\"") }
}
