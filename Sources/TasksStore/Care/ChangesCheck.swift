import TasksFiles
import TasksFormat
import TasksModel

/// Compares what the store says of every change with the change itself, as the files have it.
struct ChangesCheck {
  private let store: Store
  private var connection: Connection { store.connection }

  init(store: Store) { self.store = store }

  func run(_ report: inout CheckReport) throws {
    let bundles = try connection.all(
      """
      SELECT bundles.key, digest, count(changes.key) FROM bundles
      LEFT JOIN changes ON bundle = bundles.key GROUP BY bundles.key ORDER BY bundles.key
      """, read: { (key: $0.integer(0), digest: $0.text(1), changes: Int($0.integer(2))) })
    var seen = 0
    for bundle in bundles {
      let stored = StoredBundle(key: bundle.key, digest: try connection.digest(bundle.digest))
      let name = LocalBundleName(stored.digest).path
      report.files += 1
      do {
        seen += try compare(stored, &report)
      } catch let error as FileError where SystemError.isMissing(error.code) {
        report.findings.append(.missingFile(name: name, changes: bundle.changes))
        seen += bundle.changes
      } catch let error as FormatError {
        report.findings.append(.badFile(name: name, error))
        seen += bundle.changes
      }
    }
    report.changes = seen
    // Changes whose file does not have them.
    let held = try connection.first("SELECT count(*) FROM changes", read: { Int($0.integer(0)) })
    if let held, held != seen {
      report.findings.append(.changesWithoutFile(held - seen))
    }
    try checkOpenEdits(&report)
    let wrong = try connection.first(
      """
      SELECT count(*) FROM devices
      WHERE last <> (SELECT coalesce(max(seq), 0) FROM changes WHERE device = devices.key)
      """, read: { Int($0.integer(0)) })
    if let wrong, wrong > 0 { report.findings.append(.devices(wrong)) }
    let loose = try connection.all(
      """
      SELECT id FROM absent WHERE EXISTS (SELECT 1 FROM changes
        WHERE changes.short = substr(absent.id, 1, 16) AND changes.id = absent.id)
      """, read: { $0.text(0) })
    if !loose.isEmpty { report.findings.append(.missingChanges) }
  }

  /// What an edit that is not sealed replaces must be there, or it could never be sealed.
  private func checkOpenEdits(_ report: inout CheckReport) throws {
    let loose = try connection.first(
      """
      SELECT count(*) FROM operations AS edit WHERE change IS NULL AND EXISTS (
        SELECT 1 FROM json_each(edit.over) WHERE type = 'integer'
          AND NOT EXISTS (SELECT 1 FROM operations WHERE key = json_each.value))
      """, read: { Int($0.integer(0)) })
    if let loose, loose > 0 { report.findings.append(.looseEdits(loose)) }
  }

  /// Compares the changes of one file; returns how many of them the store has from there.
  private func compare(_ bundle: StoredBundle, _ report: inout CheckReport) throws -> Int {
    var changes = try BundleChanges(store.bytes(of: bundle), hash: bundle.digest.text)
    var found: Set<Int64> = []
    while let change = try changes.next() {
      let row = try connection.first(
        """
        SELECT changes.key, bundle, devices.id, seq, v, first, count, note, at
        FROM changes JOIN devices ON devices.key = device
        WHERE changes.short = ? AND changes.id = ?
        """, .text(change.id.short), .text(change.id.text)
      ) { row in
        (
          key: row.integer(0), bundle: row.integer(1), device: row.text(2),
          sequence: Int(row.integer(3)), version: Int(row.integer(4)), first: row.integer(5),
          count: Int(row.integer(6)), note: row.optionalText(7), at: row.integer(8)
        )
      }
      guard let row else {
        report.findings.append(.change(change.id))
        continue
      }
      if row.bundle == bundle.key { found.insert(row.key) }
      let said = change.change
      let operations = said.operationsThatCount
      let at = operations.map(\.at).max() ?? Instant(milliseconds: 0)
      guard UTF8Order.areEqual(row.device, said.device.text), row.sequence == said.sequence,
        row.version == said.version, row.count == operations.count, areSame(row.note, said.note),
        row.at == at.milliseconds, try isPreviousKnown(said),
        try agree(operations, first: row.first, change: row.key)
      else {
        report.findings.append(.change(change.id))
        continue
      }
    }
    return found.count
  }

  private func areSame(_ one: String?, _ other: String?) -> Bool {
    one.map(UTF8Key.init) == other.map(UTF8Key.init)
  }

  /// Whether what came before is held, or known to be missing.
  private func isPreviousKnown(_ change: Change) throws(StoreError) -> Bool {
    guard let previous = change.previous else { return true }
    if try connection.key(of: previous) != nil { return true }
    return try connection.first(
      "SELECT 1 FROM absent WHERE id = ?", .text(previous.text), read: { _ in true }) ?? false
  }

  private func agree(
    _ operations: ArraySlice<Operation>, first: Int64, change: Int64
  ) throws(StoreError) -> Bool {
    for (index, operation) in operations.enumerated() {
      guard let fields = operation.fields else { continue }
      let row = try connection.first(
        """
        SELECT id, kind, at, clock, fields, over, change FROM operations
        JOIN tasks ON tasks.key = task WHERE operations.key = ?
        """, .integer(first + Int64(index))
      ) { row in
        (
          task: row.text(0), kind: row.text(1), at: row.integer(2), clock: row.optionalInteger(3),
          fields: row.text(4), over: row.text(5), change: row.integer(6)
        )
      }
      guard let row, row.change == change, UTF8Order.areEqual(row.task, operation.task.text),
        UTF8Order.areEqual(row.kind, operation.kind), row.at == operation.at.milliseconds,
        row.clock == operation.clock?.milliseconds,
        UTF8Order.areEqual(row.fields, JSON.object(fields).canonicalText)
      else { return false }
      var said: Set<Int64> = []
      for dot in operation.over {
        if dot.change == nil {
          said.insert(first + Int64(dot.index))
        } else {
          try said.formUnion(connection.operations(named: dot))
        }
      }
      let held = try connection.replaced(by: JSON(canonicalText: row.over)).held
      guard held.isSuperset(of: said) else { return false }
    }
    return true
  }
}
