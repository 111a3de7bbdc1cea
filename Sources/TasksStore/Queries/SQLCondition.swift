import TasksModel

/// A filter as a condition on a row of `tasks`, with the values of its parameters.
struct SQLCondition {
  private(set) var sql = ""
  private(set) var values: [SQLValue] = []
  private let clock: Clock

  init(_ filter: Filter, clock: Clock) {
    self.clock = clock
    append(filter)
  }

  private mutating func append(_ filter: Filter) {
    switch filter {
    case .all(let filters): append(filters, joinedBy: " AND ", ifEmpty: "1")
    case .any(let filters): append(filters, joinedBy: " OR ", ifEmpty: "0")
    // A comparison with an absent value is neither true nor false.
    case .not(let filter):
      append(.all([filter]))
      sql += " IS NOT TRUE"
    // A task without a number has been closed for long. Asked like this SQLite goes by the index of numbers, and
    // does not read a long history.
    case .open: sql += "(number > 0 AND NOT completed AND NOT is_deleted)"
    case .completed: sql += "(completed AND NOT is_deleted)"
    case .deleted: sql += "is_deleted"
    case .ticked: sql += "completed"
    case .waiting:
      sql += "(wait IS NOT NULL AND \(SQLCondition.start(of: "wait")) > ?)"
      values.append(.text(clock.now.description))
    case .project(nil): sql += "project IS NULL"
    case .project(let name?):
      sql += "(project = ? OR substr(project, 1, ?) = ?)"
      values += [
        .text(name), .integer(Int64(name.unicodeScalars.count + 1)), .text(name + "."),
      ]
    case .tag(let tag):
      sql +=
        "key IN (SELECT task FROM writes WHERE field = ? AND field >= 'tag:' AND field < 'tag;'"
        + " AND wins AND value <> 'null')"
      values.append(.text(Field.tag(tag).name))
    case .tagged: sql += "tags IS NOT NULL"
    case .priority(nil): sql += "priority IS NULL"
    case .priority(let priority?):
      sql += "priority = ?"
      values.append(.text(priority))
    case .due(let test): append(test, column: "due")
    case .wait(let test): append(test, column: "wait")
    case .updated(let since):
      sql += "updated_at >= ?"
      values.append(SQLValue(since))
    case .text(let words): append(words: words)
    }
  }

  private mutating func append(
    _ filters: [Filter], joinedBy separator: String, ifEmpty: String
  ) {
    sql += "("
    if filters.isEmpty { sql += ifEmpty }
    for (index, filter) in filters.enumerated() {
      if index > 0 { sql += separator }
      append(filter)
    }
    sql += ")"
  }

  private mutating func append(_ test: DueTest, column: String) {
    let deadline = SQLCondition.end(of: column)
    switch test {
    case .none: sql += "\(column) IS NULL"
    case .any: sql += "\(column) IS NOT NULL"
    case .on(let date):
      sql += "(\(column) = ? OR (\(column) BETWEEN ? AND ? AND length(\(column)) > 10))"
      values += [
        .text(date.description), .text(clock.zone.startOfDay(date).description),
        .text(clock.zone.endOfDay(date).description),
      ]
    case .before(let instant):
      sql += "(\(column) IS NOT NULL AND \(deadline) < ?)"
      values.append(.text(instant.description))
    case .after(let instant):
      sql += "(\(column) IS NOT NULL AND \(deadline) > ?)"
      values.append(.text(instant.description))
    }
  }

  private mutating func append(words: String) {
    let search = SearchWords(words)
    sql += "("
    if let match = search.match {
      sql += "key IN (SELECT rowid FROM search WHERE search MATCH ?)"
      values.append(.text(match))
    } else if search.literals.isEmpty {
      sql += "0"
    }
    for (index, literal) in search.literals.enumerated() {
      if index > 0 || search.match != nil { sql += " AND " }
      sql += """
        EXISTS (SELECT 1 FROM (\(Connection.searchedTexts)) AS texts WHERE texts.key = tasks.key
          AND (instr(texts.title, ?) OR instr(texts.description, ?) OR instr(notes, ?)))
        """
      values += [.text(literal), .text(literal), .text(literal)]
    }
    sql += ")"
  }

  /// The instant at which a date or instant has passed, in the zone of whoever looks.
  static func end(of column: String) -> String {
    "CASE WHEN length(\(column)) = 10 THEN day_end(\(column)) ELSE \(column) END"
  }

  /// The instant at which a date or instant begins.
  static func start(of column: String) -> String {
    "CASE WHEN length(\(column)) = 10 THEN day_start(\(column)) ELSE \(column) END"
  }
}
