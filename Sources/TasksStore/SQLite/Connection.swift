internal import CSQLite

/// One connection to one database file, with its prepared statements.
///
/// Used by one thread at a time.
final class Connection {
  let path: String
  private let handle: OpaquePointer
  private var statements: [StatementText: Statement] = [:]
  /// How a database is opened.
  enum Mode {
    case readWrite
    /// A file that is being made, and that nobody else knows of.
    case creating
    /// The file's folder cannot be written to; nobody can change the file while we read.
    case immutable
    case memory
  }

  /// How long a locked database is waited for.
  static let patience: Int32 = 5_000

  /// Set up once, before the first connection.
  private static let isLibraryReady = tasks_sqlite_skip_statistics() == SQLITE_OK

  init(_ path: String, mode: Mode) throws(StoreError) {
    _ = Connection.isLibraryReady
    self.path = path
    var handle: OpaquePointer?
    let flags: Int32
    let name: String
    switch mode {
    case .readWrite: (name, flags) = (path, SQLITE_OPEN_READWRITE)
    case .creating: (name, flags) = (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    case .immutable:
      name = "file:\(Connection.uriPath(path))?immutable=1"
      flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
    case .memory: (name, flags) = (":memory:", SQLITE_OPEN_READWRITE)
    }
    let code = sqlite3_open_v2(
      name, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle else {
      defer { sqlite3_close_v2(handle) }
      throw StoreError(code, on: handle, path: path, statement: "")
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, Connection.patience)
    _ = tasks_sqlite_defend(handle)
  }

  deinit {
    statements = [:]
    sqlite3_close_v2(handle)
  }

  /// Runs `body` so that it does not wait for others who write.
  func withoutPatience<Result>(_ body: () throws -> Result) rethrows -> Result {
    sqlite3_busy_timeout(handle, 0)
    defer { sqlite3_busy_timeout(handle, Connection.patience) }
    return try body()
  }

  /// Runs a statement that returns no rows.
  func run(_ sql: String, _ values: SQLValue...) throws(StoreError) {
    try run(sql, values)
  }

  func run(_ sql: String, _ values: [SQLValue]) throws(StoreError) {
    let statement = try prepared(sql)
    try step(statement, values) { _ in }
  }

  /// Runs a statement that returns no rows for every `width` values, of whose texts the bytes are in `texts`.
  func run(
    _ sql: String, rows values: ArraySlice<RowBuffer.Value>, of width: Int,
    texts: UnsafeBufferPointer<CChar>
  ) throws(StoreError) {
    guard !values.isEmpty else { return }
    let statement = try prepared(sql)
    defer { sqlite3_clear_bindings(statement.handle) }
    for start in stride(from: values.startIndex, to: values.endIndex, by: width) {
      let code = statement.bind(values[start..<(start + width)], texts)
      try step(statement, bound: code) { _ in }
    }
  }

  /// Calls `body` for every row the query returns.
  func each(
    _ sql: String, _ values: [SQLValue] = [], _ body: (Row) -> Void
  ) throws(StoreError) {
    try step(try prepared(sql), values, body)
  }

  /// Returns what `read` makes of every row.
  func all<Element>(
    _ sql: String, _ values: SQLValue..., read: (Row) -> Element
  ) throws(StoreError) -> [Element] {
    var elements: [Element] = []
    try step(try prepared(sql), values) { elements.append(read($0)) }
    return elements
  }

  /// Returns what `read` makes of the first row; nil if there is none.
  func first<Element>(
    _ sql: String, _ values: SQLValue..., read: (Row) -> Element
  ) throws(StoreError) -> Element? {
    let statement = try prepared(sql)
    var element: Element?
    try step(statement, values) { row in
      if element == nil { element = read(row) }
    }
    return element
  }

  /// Runs statements that take no values and are not worth keeping.
  func execute(_ sql: String) throws(StoreError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw StoreError(code, on: handle, path: path, statement: sql) }
  }

  /// The key of the row that the last insertion made.
  var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

  /// What stands for all that is in the database now: it is another after every write, ours or somebody else's.
  var version: Version {
    get throws(StoreError) {
      // https://www.sqlite.org/pragma.html#pragma_data_version
      Version(
        own: sqlite3_total_changes64(handle),
        others: try first("PRAGMA data_version", read: { $0.integer(0) }) ?? 0)
    }
  }

  struct Version: Equatable {
    let own: Int64
    let others: Int64
  }

  /// Whether the file is no longer the one that its path leads to.
  var hasMoved: Bool {
    var moved: Int32 = 0
    let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
    return code == SQLITE_OK && moved != 0
  }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Runs `body` in a transaction that is undone if it throws.
  ///
  /// An editing transaction takes the write lock at once, so that it never fails half way for somebody else's lock.
  func transaction<Result>(writing: Bool, _ body: () throws -> Result) throws -> Result {
    try run(writing ? "BEGIN IMMEDIATE" : "BEGIN")
    do {
      // While we waited for the lock another process may have put a new database in the place of this one.
      if writing, hasMoved { throw StoreError.busy }
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // After some errors, a full disk for one, SQLite has rolled back by itself.
      if isInTransaction { try? run("ROLLBACK") }
      throw error
    }
  }

  /// Runs `body` without checking that what rows refer to is there: for many rows, of which all references are made here.
  ///
  /// Not in a transaction. To check them one by one is a tenth of the work, and where a statement inserts many rows SQLite
  /// keeps a copy of every page that it changes, to undo the statement. `fsck` looks at them all.
  func withoutReferenceChecks<Result>(_ body: () throws -> Result) throws -> Result {
    try run("PRAGMA foreign_keys = OFF")
    defer { try? run("PRAGMA foreign_keys = ON") }
    return try body()
  }

  /// Offers a function of one text to SQL.
  func define(_ name: String, _ function: @escaping (String) -> String?) throws(StoreError) {
    let box = Unmanaged.passRetained(TextFunction(function))
    let code = sqlite3_create_function_v2(
      handle, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, box.toOpaque(),
      { context, _, arguments in
        guard let context, let argument = arguments?.pointee,
          let bytes = sqlite3_value_text(argument), let data = sqlite3_user_data(context)
        else { return }
        let function = Unmanaged<TextFunction>.fromOpaque(data).takeUnretainedValue()
        let count = Int(sqlite3_value_bytes(argument))
        let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        guard var result = function.call(text) else { return }
        result.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) { characters in
            sqlite3_result_text(
              context, characters.baseAddress, Int32(clamping: characters.count),
              tasks_sqlite_transient())
          }
        }
      }, nil, nil,
      { data in
        if let data { Unmanaged<TextFunction>.fromOpaque(data).release() }
      })
    guard code == SQLITE_OK else { throw StoreError(code, on: handle, path: path, statement: name) }
  }

  /// More than the program has itself.
  private static let mostStatements = 256

  private func prepared(_ sql: String) throws(StoreError) -> Statement {
    let text = StatementText(text: sql)
    if let statement = statements[text] { return statement }
    let statement = try Statement(sql, on: handle, path: path)
    // What people ask for in ever new words is not kept for ever.
    if statements.count >= Connection.mostStatements { statements.removeAll() }
    statements[text] = statement
    return statement
  }

  private func step(
    _ statement: Statement, _ values: some Sequence<SQLValue>, _ body: (Row) -> Void
  ) throws(StoreError) {
    try step(statement, bound: statement.bind(values), body)
  }

  /// Runs a statement; `code` is what came of giving it its values.
  private func step(
    _ statement: Statement, bound code: Int32, _ body: (Row) -> Void
  ) throws(StoreError) {
    var code = code
    if code == SQLITE_OK {
      code = sqlite3_step(statement.handle)
      while code == SQLITE_ROW {
        body(Row(statement: statement))
        code = sqlite3_step(statement.handle)
      }
    }
    let failure =
      code == SQLITE_DONE
      ? nil : StoreError(code, on: handle, path: path, statement: statement.sql)
    sqlite3_reset(statement.handle)
    if let failure { throw failure }
  }

  /// The path as a part of a URI: SQLite decodes `%` and stops at `?` and `#`.
  private static func uriPath(_ path: String) -> String {
    var escaped = ""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "?": escaped += "%3f"
      case "#": escaped += "%23"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// The text of a statement, to find the statement by.
///
/// Hashing all of it would take longer than what many statements do. Few are of one length, and a text that stands in
/// the program is equal to itself at once.
private struct StatementText: Hashable {
  let text: String

  func hash(into hasher: inout Hasher) { hasher.combine(text.utf8.count) }
}

/// A Swift function that SQLite holds on to.
private final class TextFunction {
  private let function: (String) -> String?
  /// Results so far: a function is asked about few different texts, and many times about each.
  private var results: [String: String?] = [:]

  init(_ function: @escaping (String) -> String?) { self.function = function }

  func call(_ text: String) -> String? {
    if let result = results[text] { return result }
    let result = function(text)
    results[text] = result
    return result
  }
}
