/// Rows that wait to be inserted into one table, several with each statement, since a statement costs more than a row.
struct RowBuffer {
  private static let rowsAtOnce = 16

  private let insertion: String
  private let width: Int
  private var values: [SQLValue] = []

  /// Prepares for rows of a table: `operations (key, task, at)`.
  init(into columns: String, width: Int) {
    insertion = "INSERT INTO \(columns) VALUES "
    self.width = width
  }

  var isEmpty: Bool { values.isEmpty }

  /// How many rows wait.
  var count: Int { values.count / width }

  mutating func append(_ row: [SQLValue]) {
    values.append(contentsOf: row)
  }

  /// Inserts all that wait.
  mutating func flush(to connection: Connection) throws(StoreError) {
    guard !values.isEmpty else { return }
    let row = "(" + [String](repeating: "?", count: width).joined(separator: ", ") + ")"
    let full = insertion + [String](repeating: row, count: Self.rowsAtOnce).joined(separator: ", ")
    var rest = values[...]
    while rest.count >= Self.rowsAtOnce * width {
      try connection.run(full, Array(rest.prefix(Self.rowsAtOnce * width)))
      rest = rest.dropFirst(Self.rowsAtOnce * width)
    }
    if !rest.isEmpty {
      let rows = [String](repeating: row, count: rest.count / width).joined(separator: ", ")
      try connection.run(insertion + rows, Array(rest))
    }
    values.removeAll(keepingCapacity: true)
  }
}
