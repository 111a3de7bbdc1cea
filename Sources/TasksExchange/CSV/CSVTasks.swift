import TasksModel

/// Tasks as the rows of a table, whose first line names the members of `--json`.
///
/// They may stand in any order; only `title` must be there. What a column of another name holds is kept as a field of
/// that name. Tags are separated by blanks; notes and fields are JSON.
enum CSVTasks {
  static let columns = [
    "id", "title", "description", "completed", "completed_at", "project", "priority", "due", "wait",
    "tags", "notes", "created_at", "updated_at", "is_deleted", "fields",
  ]
  /// What follows from the rest, or holds on one device only.
  private static let ignored: Set<String> = [
    "number", "sync_status", "server_id", "last_synced_at",
  ]

  /// Whether a line names our columns.
  static func isHeader(_ line: String) -> Bool {
    let names = header(Array(line.utf8))
    return names.contains("title")
      && (names.count == 1 || names.count { columns.contains($0) || ignored.contains($0) } > 1)
  }

  private static func header(_ line: [UInt8]) -> [String] {
    var rows = CSVRows(line, from: 0, separator: separator(of: line))
    return (rows.next()?.cells ?? []).map(name)
  }

  private static func name(_ cell: [UInt8]) -> String {
    let text = String(decoding: cell, as: UTF8.self).trimmingWhitespace()
    let folded = String(text.lowercased().map { $0 == " " ? "_" : $0 })
    return columns.contains(folded) || ignored.contains(folded) ? folded : text
  }

  /// What separates the names: the most frequent of a comma, a semicolon and a tab.
  private static func separator(of line: [UInt8]) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    let counts = candidates.map { candidate in line.count { $0 == candidate } }
    return counts[1] > counts[0] && counts[1] >= counts[2]
      ? candidates[1] : counts[2] > counts[0] ? candidates[2] : candidates[0]
  }

  static func read(_ file: ForeignFile, _ each: (ForeignRecord) throws -> Void) throws {
    let head = file.bytes[file.start...].prefix { $0 != 0x0A }
    var rows = CSVRows(
      file.bytes, from: file.start, separator: separator(of: Array(head)),
      longest: file.longestRecord)
    guard let first = rows.next() else { return }
    let names = first.cells.map(name)
    guard names.contains("title") else {
      try each(
        ForeignRecord(first.line, rows.index) { () throws(RefusedRecord) in
          throw .missing("column 'title'")
        })
      return
    }
    let speaks = speaker(for: names)
    var counts: [TaskID: Int] = [:]
    while let row = rows.next() {
      guard row.cells.count > 1 || row.cells.first?.isEmpty == false else { continue }
      try each(
        ForeignRecord(row.line, rows.index) { () throws(RefusedRecord) in
          guard !row.isOpen else { throw .openQuote }
          guard row.length <= file.longestRecord else { throw .tooLong(limit: file.longestRecord) }
          var task = try task(try cells(row, names), file, &counts)
          task.speaksOf = speaks
          return task
        })
    }
  }

  /// The cells that are not empty, by the names of their columns.
  private static func cells(
    _ row: CSVRows.Row, _ names: [String]
  ) throws(RefusedRecord) -> [(name: String, text: String)] {
    var cells: [(String, String)] = []
    for (index, cell) in row.cells.enumerated() where !cell.isEmpty {
      guard index < names.count else { throw .tooManyCells }
      guard !cell.contains(0), let text = String(validating: cell, as: UTF8.self) else {
        throw .notText
      }
      if !ignored.contains(names[index]), !names[index].isEmpty {
        cells.append((names[index], text))
      }
    }
    return cells
  }

  private static func task(
    _ cells: [(name: String, text: String)], _ file: ForeignFile, _ counts: inout [TaskID: Int]
  ) throws(RefusedRecord) -> ForeignTask {
    var edits = Edits()
    func text(_ name: String) -> String? { cells.first { $0.name == name }?.text }
    try ForeignText.setTitle(text("title"), named: "title", in: &edits)
    let id = try id(text("id"), title: text("title") ?? "", &counts)
    let zone = file.zone
    func instant(_ name: String) throws(RefusedRecord) -> Instant? {
      guard let text = text(name) else { return nil }
      return try moment(text, name, zone).start(in: zone)
    }
    let since = try instant("updated_at")
    let saved = max(file.modifiedAt, since?.next ?? file.modifiedAt)
    let completedAt = try instant("completed_at")
    let isCompleted = try bool(text("completed"), "completed") ?? (completedAt != nil)
    let isDeleted = try bool(text("is_deleted"), "is_deleted") ?? false
    for (name, text) in cells {
      switch name {
      case "id", "title", "completed", "completed_at", "created_at", "updated_at", "is_deleted":
        break
      case "description", "project", "priority":
        let value = name == "description" ? text : text.trimmingWhitespace()
        if !value.isEmpty { edits.set(Field(name), to: .string(value)) }
      case "due", "wait": edits.set(Field(name), to: .string(try moment(text, name, zone).text))
      case "tags":
        for word in text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
          edits.set(.tag(String(word)), to: .bool(true))
        }
      case "notes": try JSONLines.setNotes(try json(text, name), in: &edits)
      case "fields": try JSONLines.setFields(try json(text, name), in: &edits)
      default:
        let field = Field(name)
        let isFree = !JSONLines.isKnown(field) && field.noteID == nil
        edits.set(isFree ? field : Field("csv." + name), to: .string(text))
      }
    }
    if isCompleted { edits.setCompleted(true) }
    let closed = isCompleted ? completedAt ?? saved : nil
    let written = since ?? saved
    let created = try instant("created_at") ?? min(written, closed ?? written)
    var task = ForeignTask(
      id: id, createdAt: created, modifiedAt: max(saved, created),
      closedAt: closed.map { max($0, created) }, isDeleted: isDeleted, edits: edits)
    task.deletedAt = isDeleted ? max(written, created) : nil
    task.dating = .undated(since: since)
    return task
  }

  /// The id, or one that follows from the title, and from how often it stood above.
  private static func id(
    _ text: String?, title: String, _ counts: inout [TaskID: Int]
  ) throws(RefusedRecord) -> TaskID {
    if let text = text?.trimmingWhitespace(), !text.isEmpty {
      guard let id = TaskID(text) else { throw .noID }
      return id
    }
    let name = TaskID(client: "csv", name: title)
    counts[name, default: 0] += 1
    let count = counts[name] ?? 1
    return count == 1 ? name : TaskID(client: "csv", name: "\(count) \(title)")
  }

  /// A table says nothing of fields that it has no column for.
  private static func speaker(for names: [String]) -> @Sendable (Field) -> Bool {
    let names = Set(names)
    return { field in
      if field.tag != nil { return names.contains("tags") }
      if field.noteID != nil { return names.contains("notes") }
      return names.contains(field.name)
        || !JSONLines.isKnown(field) && (names.contains("fields") || names.contains(field.name))
    }
  }

  // MARK: - Cells

  private static func json(_ text: String, _ name: String) throws(RefusedRecord) -> JSON {
    do throws(JSONError) {
      return try JSONParser.parse(text, limits: JSONLimits(maximumDepth: 24))
    } catch {
      throw .unexpected(name)
    }
  }

  private static func bool(_ text: String?, _ name: String) throws(RefusedRecord) -> Bool? {
    guard let text = text?.trimmingWhitespace().lowercased() else { return nil }
    switch text {
    case "true", "yes", "1", "x", "done", "completed": return true
    case "false", "no", "0", "", "open": return false
    default: throw .unexpected(name)
    }
  }

  /// A date or a time, also as a spreadsheet leaves it: `2025-11-21 14:30`, which is meant here.
  private static func moment(
    _ cell: String, _ name: String, _ zone: Zone
  ) throws(RefusedRecord) -> Moment {
    let text = cell.trimmingWhitespace()
    if let moment = Moment(text: text), valid(moment, zone) { return moment }
    let dashed = text.replacingFirst(" ", with: "T")
    for spelling in [dashed, dashed + "Z"] {
      guard let instant = Instant(iso: spelling) else { continue }
      let isLocal = spelling.utf8.count > dashed.utf8.count
      let moment = Moment.instant(isLocal ? zone.instant(of: Zone.utc.civil(of: instant)) : instant)
      if valid(moment, zone) { return moment }
    }
    throw .notATime(name, text)
  }

  private static func valid(_ moment: Moment, _ zone: Zone) -> Bool {
    if case .instant(let instant) = moment { return Instant.validRange.contains(instant) }
    return true
  }

  // MARK: - Writing

  static func begin(_ bytes: inout [UInt8]) {
    bytes += columns.joined(separator: ",").utf8
    bytes += [0x0D, 0x0A]
  }

  static func append(_ task: TaskRecord, to bytes: inout [UInt8]) {
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(cell(column, of: task), to: &bytes)
    }
    bytes += [0x0D, 0x0A]
  }

  private static func cell(_ column: String, of task: TaskRecord) -> String {
    switch column {
    case "id": task.id.text
    case "title": task.title ?? "(no title yet)"
    case "description": task.description ?? ""
    case "completed": task.isCompleted ? "true" : "false"
    case "completed_at": task.completedAt?.description ?? ""
    case "project": task.project ?? ""
    case "priority": task.priority ?? ""
    case "due": task.due?.text ?? ""
    case "wait": task.wait?.text ?? ""
    case "tags": task.tags.joined(separator: " ")
    case "notes": task.notes.isEmpty ? "" : notes(task.notes)
    case "created_at": task.createdAt.description
    case "updated_at": task.updatedAt.description
    case "is_deleted": task.isDeleted ? "true" : "false"
    default: task.otherFields.isEmpty ? "" : JSON.object(task.otherFields).canonicalText
    }
  }

  private static func notes(_ notes: [Note]) -> String {
    JSON.array(
      notes.map { note in
        [
          "id": .string(note.id), "at": .string(note.at.description), "text": .string(note.text),
        ]
      }
    ).canonicalText
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let isPlain = !text.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
        || $0 == UInt8(ascii: ";") || $0 == 0x09
    }
    guard !isPlain else {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension String {
  fileprivate func replacingFirst(_ old: Character, with new: Character) -> String {
    guard let index = firstIndex(of: old) else { return self }
    return self[..<index] + String(new) + self[self.index(after: index)...]
  }
}
