/// Rows that wait to be inserted into one table.
struct RowBuffer {
  private let insertion: String
  private let width: Int
  private var values: [SQLValue] = []

  /// Prepares for rows of a table: `operations (key, task, at)`.
  init(into columns: String, width: Int) {
    let row = [String](repeating: "?", count: width).joined(separator: ", ")
    insertion = "INSERT INTO \(columns) VALUES (\(row))"
    self.width = width
  }

  mutating func append(_ row: [SQLValue]) {
    values.append(contentsOf: row)
  }

  /// Inserts all that wait.
  ///
  /// One row with each statement: of all that a statement with several rows changes, SQLite keeps a copy while it
  /// runs, in case one of them breaks a constraint.
  mutating func flush(to connection: Connection) throws(StoreError) {
    guard !values.isEmpty else { return }
    try connection.run(insertion, rows: values, of: width)
    values.removeAll(keepingCapacity: true)
  }
}
