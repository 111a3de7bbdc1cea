import TasksFormat
import TasksModel

extension Connection {
  /// The row of a change; nil if it is not held.
  func key(of change: ChangeID) throws(StoreError) -> Int64? {
    try first(
      "SELECT key FROM changes WHERE short = ? AND id = ?", .text(change.short),
      .text(change.text), read: { $0.integer(0) })
  }

  /// The name of a sealed operation: `3f2a9c1e7b00aa11:4`; nil if it is not sealed, or not there.
  func dot(of operation: Int64) throws(StoreError) -> Dot? {
    try first(
      """
      SELECT changes.id, operations.key - first FROM operations
      JOIN changes ON changes.key = change WHERE operations.key = ?
      """, .integer(operation),
      read: { Dot(prefix: ChangeID(trusted: $0.text(0)).prefix, index: Int($0.integer(1))) })
  }

  /// Holds a change from now on, whose operations have the keys from `first` on.
  func insert(
    _ sealed: SealedChange, key: Int64, device: Int64, first: Int64, bundle: Int64
  ) throws(StoreError) {
    var rows = Change.noRows
    rows.append(
      sealed.change.row(id: sealed.id, key: key, device: device, first: first, bundle: bundle))
    try rows.flush(to: self)
  }

  /// The key that the next change gets.
  func nextChangeKey() throws(StoreError) -> Int64 {
    try first("SELECT coalesce(max(key), 0) + 1 FROM changes", read: { $0.integer(0) }) ?? 1
  }
}

extension Change {
  /// Where rows of changes are gathered.
  static let noRows = RowBuffer(
    into: "changes (key, id, short, device, seq, name, v, at, note, first, count, bundle)",
    width: 12,
    atOnce: [32, 8, 1])

  /// The change's row, if its operations have the keys from `first` on.
  func row(
    id: ChangeID, key: Int64, device: Int64, first: Int64, bundle: Int64
  ) -> InlineArray<12, SQLValue> {
    let operations = operationsThatCount
    let at = operations.lazy.map(\.at).max() ?? Instant(milliseconds: 0)
    return [
      .integer(key), .text(id.text), .text(id.short), .integer(device), .integer(Int64(sequence)),
      .text(name),
      .integer(Int64(version)), SQLValue(at), SQLValue(note), .integer(first),
      .integer(Int64(operations.count)), .integer(bundle),
    ]
  }

  /// The operations up to the last one that writes something: those that the store gives keys to.
  ///
  /// What is behind it has no row that would keep its key from being given again. A change of a later version has none:
  /// it only lives on in its line.
  var operationsThatCount: ArraySlice<Operation> {
    guard version <= Change.newestVersion else { return [] }
    let last = operations.lastIndex { $0.fields != nil }
    return operations[..<(last.map { $0 + 1 } ?? 0)]
  }
}
