import TasksModel

/// A value as SQLite keeps it.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  init(_ value: Bool) { self = .integer(value ? 1 : 0) }
  init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
  init(_ value: Instant?) { self = value.map { .integer($0.milliseconds) } ?? .null }
}
