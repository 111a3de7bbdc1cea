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
    var content: [UInt8] = []
    content.reserveCapacity(json.count)
    for part in written { content += json[part] }
    self.json = json
    entityTag = Fingerprint.text(of: content)
  }

  /// The answer that is the task.
  func response(_ status: Int, _ fields: [HTTPField] = []) -> HTTPResponse {
    .json(status, json, fields + [tag])
  }

  /// The answer to a client that has it as it is.
  var unchanged: HTTPResponse { HTTPResponse(304, [tag]) }

  private var tag: HTTPField { HTTPField("ETag", "\"\(entityTag)\"") }
}
