internal import CSQLite

/// A prepared statement, finalized when nobody needs it any more.
final class Statement {
  let handle: OpaquePointer
  let sql: String

  init(_ sql: String, on database: OpaquePointer, path: String) throws(StoreError) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else {
      throw StoreError(code, on: database, path: path, statement: sql)
    }
    self.handle = handle
    self.sql = sql
  }

  deinit { sqlite3_finalize(handle) }

  /// Gives the parameters their values, first to last.
  ///
  /// SQLite can fail here only for want of memory; the step that follows would then see null, so it is checked.
  func bind(_ values: some Sequence<SQLValue>) -> Int32 {
    var index: Int32 = 0
    for value in values {
      index += 1
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .text(let text): bind(text, at: index)
        case .blob(let bytes):
          sqlite3_bind_blob64(
            handle, index, bytes, UInt64(bytes.count), tasks_sqlite_transient())
        }
      guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
  }

  /// Gives the parameters values whose texts stay where they are until the parameters are cleared.
  func bind(
    _ values: ArraySlice<RowBuffer.Value>, _ texts: UnsafeBufferPointer<CChar>
  ) -> Int32 {
    var index: Int32 = 0
    for value in values {
      index += 1
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .text(let range):
          sqlite3_bind_text(
            handle, index, texts.baseAddress.map { $0 + range.lowerBound },
            Int32(clamping: range.count), nil)
        }
      guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
  }

  private func bind(_ text: String, at index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty string's address may be nil, which SQLite would take for null.
        guard let address = characters.baseAddress else {
          return sqlite3_bind_text(handle, index, "", 0, tasks_sqlite_transient())
        }
        return sqlite3_bind_text(
          handle, index, address, Int32(clamping: characters.count), tasks_sqlite_transient())
      }
    }
  }
}

/// The row a statement stands on.
///
/// It is good until the next step.
struct Row {
  let statement: Statement

  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(statement.handle, column) == SQLITE_NULL
  }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement.handle, column) }

  func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

  func bool(_ column: Int32) -> Bool { integer(column) != 0 }

  func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  func optionalText(_ column: Int32) -> String? {
    guard let bytes = sqlite3_column_text(statement.handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(statement.handle, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// The value as it is kept.
  func value(_ column: Int32) -> SQLValue {
    switch sqlite3_column_type(statement.handle, column) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .text(text(column))
    }
  }

  func blob(_ column: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(statement.handle, column) else { return [] }
    let count = Int(sqlite3_column_bytes(statement.handle, column))
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
