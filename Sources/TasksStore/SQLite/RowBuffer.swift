/// Rows that wait to be inserted into one table.
struct RowBuffer: Sendable {
  private let width: Int
  /// Statements that insert so many rows at once, the greatest number first.
  private let insertions: [(rows: Int, sql: String)]
  private var values: [Value] = []
  /// The bytes of all texts that wait.
  ///
  /// SQLite reads them here, and makes no copies. They are never none, so that there is an address.
  private var texts: [CChar] = [0]

  /// A value that waits; a text by where its bytes are.
  enum Value {
    case null
    case integer(Int64)
    case text(Range<Int>)
  }

  /// Prepares for rows of a table: `operations (key, task, at)`.
  ///
  /// If a row breaks a constraint, the transaction is rolled back, as whoever inserts it would do next: to undo just the
  /// statement SQLite would keep a copy of every page that it changes.
  ///
  /// - Parameter atOnce: how many rows one statement may insert, the greatest number first, 1 last. A statement with
  ///   many rows finds the end of the table and of its indexes once for all of them. Not for a table with an index that
  ///   calls a function, which could fail: there the copies are kept nevertheless, and cost more than that saves.
  init(into columns: String, width: Int, atOnce: [Int] = [1]) {
    self.width = width
    let row = "(" + [String](repeating: "?", count: width).joined(separator: ", ") + ")"
    insertions = atOnce.map { count in
      let rows = [String](repeating: row, count: count).joined(separator: ", ")
      return (count, "INSERT OR ROLLBACK INTO \(columns) VALUES \(rows)")
    }
  }

  /// Adds a row; one with a blob is not meant to be here.
  mutating func append<let count: Int>(_ row: InlineArray<count, SQLValue>) {
    for index in row.indices {
      switch row[index] {
      case .null, .blob: values.append(.null)
      case .integer(let number): values.append(.integer(number))
      case .text(let text): values.append(.text(keep(text)))
      }
    }
  }

  private mutating func keep(_ text: String) -> Range<Int> {
    let start = texts.count
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { texts.append(contentsOf: $0) }
    }
    return start..<texts.count
  }

  /// Inserts all that wait.
  mutating func flush(to connection: Connection) throws(StoreError) {
    guard !values.isEmpty else { return }
    try texts.withUnsafeBufferPointer { (texts) throws(StoreError) in
      var rest = values[...]
      for (rows, sql) in insertions {
        let whole = rest.count - rest.count % (rows * width)
        try connection.run(sql, rows: rest.prefix(whole), of: rows * width, texts: texts)
        rest = rest.dropFirst(whole)
      }
    }
    values.removeAll(keepingCapacity: true)
    texts.removeLast(texts.count - 1)
  }
}
