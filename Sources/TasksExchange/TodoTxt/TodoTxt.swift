import TasksModel

/// Tasks as lines of a todo.txt file.
///
/// https://github.com/todotxt/todo.txt is the format. The first `+project` is the project, further ones are tags; a
/// context is a tag with its `@`. `due:` and `t:` are dates. What there is no attribute for is kept in fields:
/// `todotxt.KEY` for other `KEY:value`, and those below.
enum TodoTxt {
  /// The words as they stood, where they would be written in another order now.
  static let textField = Field("todotxt:text")
  /// A priority below C.
  static let priorityField = Field("todotxt:priority")
  /// The line has no creation date.
  static let isNotCreated = Field("todotxt:not_created")
  /// The line is done and does not say when.
  static let isNotCompleted = Field("todotxt:not_completed")
  static let keyPrefix = "todotxt."

  static func read(_ file: ForeignFile, _ each: (ForeignRecord) throws -> Void) throws {
    var counts: [TaskID: Int] = [:]
    try TextLines.forEach(file) { line, offset, bytes in
      let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      guard !isBlank else { return }
      try each(
        ForeignRecord(line, offset) { () throws(RefusedRecord) in
          guard bytes.count <= file.longestRecord else {
            throw .tooLong(limit: file.longestRecord)
          }
          guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw .notText
          }
          return try task(from: text, file, &counts)
        })
    }
  }

  private static func task(
    from text: String, _ file: ForeignFile, _ counts: inout [TaskID: Int]
  ) throws(RefusedRecord) -> ForeignTask {
    let line = TodoLine(text)
    let words = TodoWords(line.text, isCompleted: line.isCompleted, zone: file.zone)
    let id: TaskID
    if let uid = words.uid {
      id = uid
    } else {
      // What becomes of a line when it is ticked off leaves its name as it is.
      let name = TaskID(client: "todo.txt", name: words.identity)
      counts[name, default: 0] += 1
      let count = counts[name] ?? 1
      id = count == 1 ? name : TaskID(client: "todo.txt", name: "\(count) \(words.identity)")
    }
    var edits = Edits()
    let title = words.title.isEmpty ? words.text : words.title
    try ForeignText.setTitle(title, named: "text", in: &edits)
    if let project = words.project { edits.set(.project, to: .string(project)) }
    for tag in words.tags { edits.set(.tag(tag), to: .bool(true)) }
    if let due = words.due { edits.setDue(due) }
    if let wait = words.wait { edits.setWait(wait) }
    for (key, value) in words.keys { edits.set(Field(keyPrefix + key), to: .string(value)) }
    switch line.priority ?? words.completedPriority {
    case nil: break
    case "A": edits.setPriority(.high)
    case "B": edits.setPriority(.medium)
    case "C": edits.setPriority(.low)
    case let letter?: edits.set(priorityField, to: .string(letter))
    }
    if let priority = words.priority { edits.set(.priority, to: .string(priority)) }
    let plain = self.words(
      of: words.content, as: nil,
      behind: String(Substring(text.utf8.dropLast(line.text.utf8.count))),
      isCompleted: line.isCompleted, isPlain: words.uid == nil, zone: file.zone)
    let isShortened = ForeignText.shortened(title) != nil
    if isShortened || !UTF8Order.areEqual(plain, words.text) {
      edits.set(textField, to: .string(words.text))
    }
    if line.createdOn == nil { edits.set(isNotCreated, to: true) }
    if line.isCompleted {
      edits.setCompleted(true)
      if line.completedOn == nil { edits.set(isNotCompleted, to: true) }
    }
    return task(id, line, rev: words.rev, edits, file)
  }

  private static func task(
    _ id: TaskID, _ line: TodoLine, rev: Instant?, _ edits: Edits, _ file: ForeignFile
  ) -> ForeignTask {
    let saved = max(file.modifiedAt, rev?.next ?? file.modifiedAt)
    var closed: Instant?
    if line.isCompleted {
      let day = line.completedOn.map { file.zone.startOfDay($0) } ?? saved
      // Some time that day, and before the file was written.
      let end = line.completedOn.map { min(file.zone.endOfDay($0), saved) } ?? saved
      closed = valid(max(day, end))
    }
    let created =
      line.createdOn.map { valid(file.zone.startOfDay($0)) } ?? min(saved, closed ?? saved)
    var task = ForeignTask(
      id: id, createdAt: created, modifiedAt: max(saved, created),
      closedAt: closed.map { max($0, created) }, isDeleted: false, edits: edits)
    task.dating = .undated(since: rev)
    // Programs drop the priority of what is done.
    let isDone = line.isCompleted
    task.speaksOf = { field in speaks(of: field) && !(isDone && isPriority(field)) }
    return task
  }

  private static func isPriority(_ field: Field) -> Bool {
    field == .priority || field == priorityField
  }

  private static func valid(_ instant: Instant) -> Instant {
    min(max(instant, Instant.validRange.lowerBound), Instant.validRange.upperBound)
  }

  @Sendable private static func speaks(of field: Field) -> Bool {
    switch field {
    case .title, .project, .priority, .due, .wait: true
    // Words that would be written otherwise are checked when they are written.
    case textField: false
    default: field.tag != nil || isOwn(field)
    }
  }

  static func isOwn(_ field: Field) -> Bool {
    field.name.utf8.starts(with: "todotxt.".utf8) || field.name.utf8.starts(with: "todotxt:".utf8)
  }
}

/// The lines of a file that has one record a line.
enum TextLines {
  /// Calls `body` with the number of each line, the bytes up to its end, and its own bytes.
  static func forEach(
    _ file: ForeignFile, _ body: (Int, Int, ArraySlice<UInt8>) throws -> Void
  ) throws {
    var index = file.start
    var line = 0
    while index < file.bytes.count {
      line += 1
      let end = file.bytes[index...].firstIndex(of: 0x0A) ?? file.bytes.count
      var bytes = file.bytes[index..<end]
      if bytes.last == 0x0D { bytes.removeLast() }
      index = min(end + 1, file.bytes.count)
      try body(line, index, bytes)
    }
  }
}
