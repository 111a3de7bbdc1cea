/// A task as programs read it: one shape everywhere, every member always there.
///
/// It is written without a tree of values in between: a list may have many thousands of them.
package enum TaskJSON {
  /// Appends the object on one line.
  package static func append(_ task: TaskRecord, to bytes: inout [UInt8]) {
    _ = appendMarked(task, to: &bytes)
  }

  /// Appends the object on one line, and tells where in it what people write stands.
  ///
  /// The rest is the task's number here and how far it has got to other devices.
  package static func appendMarked(
    _ task: TaskRecord, to bytes: inout [UInt8]
  ) -> [Range<Int>] {
    JSONWriter.append("{\"id\":", to: &bytes)
    JSONWriter.append(string: task.id.text, to: &bytes)
    JSONWriter.append(",\"number\":", to: &bytes)
    append(task.number, to: &bytes) { JSONWriter.append(integer: Int64($0), to: &$1) }
    let written = bytes.count
    text(",\"title\":", task.title, to: &bytes)
    text(",\"description\":", task.description, to: &bytes)
    JSONWriter.append(",\"completed\":", to: &bytes)
    JSONWriter.append(bool: task.isCompleted, to: &bytes)
    instant(",\"completed_at\":", task.completedAt, to: &bytes)
    text(",\"project\":", task.project, to: &bytes)
    text(",\"priority\":", task.priority, to: &bytes)
    moment(",\"due\":", task.due, to: &bytes)
    moment(",\"wait\":", task.wait, to: &bytes)
    JSONWriter.append(",\"tags\":", to: &bytes)
    list(task.tags, to: &bytes) { JSONWriter.append(string: $0, to: &$1) }
    JSONWriter.append(",\"notes\":", to: &bytes)
    list(task.notes, to: &bytes, each: append)
    instant(",\"created_at\":", task.createdAt, to: &bytes)
    instant(",\"updated_at\":", task.updatedAt, to: &bytes)
    JSONWriter.append(",\"is_deleted\":", to: &bytes)
    JSONWriter.append(bool: task.isDeleted, to: &bytes)
    let synced = bytes.count
    text(",\"sync_status\":", task.syncStatus.rawValue, to: &bytes)
    text(",\"server_id\":", task.serverID, to: &bytes)
    instant(",\"last_synced_at\":", task.lastSyncedAt, to: &bytes)
    let fields = bytes.count
    JSONWriter.append(",\"fields\":", to: &bytes)
    JSONWriter.append(.object(task.otherFields), to: &bytes)
    bytes.append(UInt8(ascii: "}"))
    return [written..<synced, fields..<bytes.count]
  }

  private static func append(_ note: Note, to bytes: inout [UInt8]) {
    text("{\"id\":", note.id, to: &bytes)
    instant(",\"at\":", note.at, to: &bytes)
    text(",\"text\":", note.text, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  private static func text(_ key: StaticString, _ value: String?, to bytes: inout [UInt8]) {
    JSONWriter.append(key, to: &bytes)
    append(value, to: &bytes) { JSONWriter.append(string: $0, to: &$1) }
  }

  private static func instant(_ key: StaticString, _ value: Instant?, to bytes: inout [UInt8]) {
    JSONWriter.append(key, to: &bytes)
    append(value, to: &bytes) { value, bytes in
      bytes.append(UInt8(ascii: "\""))
      value.append(to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private static func moment(_ key: StaticString, _ value: Moment?, to bytes: inout [UInt8]) {
    switch value {
    case .instant(let value): instant(key, value, to: &bytes)
    case .date(let date): text(key, date.description, to: &bytes)
    case nil: text(key, nil, to: &bytes)
    }
  }

  private static func append<Value>(
    _ value: Value?, to bytes: inout [UInt8], _ write: (Value, inout [UInt8]) -> Void
  ) {
    if let value { write(value, &bytes) } else { JSONWriter.append("null", to: &bytes) }
  }

  private static func list<Element>(
    _ elements: [Element], to bytes: inout [UInt8], each: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      each(element, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}
