internal import CSQLite

extension Store {
  /// The version of the schema that this program writes.
  package static var schemaVersion: Int { Migrations.newest }

  /// The version of the SQLite library in use.
  package static var sqliteVersion: String { String(cString: sqlite3_libversion()) }
}
