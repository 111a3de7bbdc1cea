import TasksFormat
import TasksModel

extension TaskRecord {
  var json: [UInt8] {
    var bytes: [UInt8] = []
    TaskJSON.append(self, to: &bytes)
    return bytes
  }

  /// The address of the task.
  var address: String { "/api/tasks/\(id.text)" }

  /// Names the content of the task: what people write, not how far it has got to other devices.
  ///
  /// A sync in the background must not keep a client from changing what it has just read.
  var entityTag: String {
    var content = self
    content.number = nil
    content.syncStatus = .pending
    content.serverID = nil
    content.lastSyncedAt = nil
    return String(Digest(of: content.json).text.prefix(32))
  }

  /// The answer that is the task.
  func response(_ status: Int, _ fields: [HTTPField] = []) -> HTTPResponse {
    .json(status, json, fields + [HTTPField("ETag", "\"\(entityTag)\"")])
  }
}
