import TasksFormat
import TasksModel

/// What an old database has that the changes do not say: settings, edits that were not sealed, numbers, the journal.
///
/// Whatever cannot be read is left out.
struct Salvage {
  /// An edit that was not sealed.
  struct Edit {
    let key: Int64
    let task: String
    let kind: String
    let at: Int64
    let clock: Int64?
    let fields: String
    /// What it replaces: keys of other such edits, and names of sealed operations.
    let over: [JSON]
  }

  /// What is known of a task here alone.
  struct Local {
    let id: String
    let number: Int64?
    let closedAt: Int64?
    let serverID: String?
    let lastSyncedAt: Int64?
  }

  /// Where the operations of a change stand in the queue.
  struct Queue {
    let change: String
    let state: String?
    let attempts: Int64
    let attemptedAt: Int64?
    let error: String?
  }

  /// An entry of the journal; sealed operations are named as changes name them, others by their keys.
  struct Entry {
    let id: String
    let task: String
    let field: String
    let sides: [JSON]
    let foundAt: Int64
    let endedAt: Int64?
    let endedBy: JSON?
  }

  /// Rows that are taken over as they are.
  struct Table {
    let name: String
    let columns: [String]
    var rows: [[SQLValue]] = []
  }

  var settings: [(key: String, value: String)] = []
  var ownDevices: [String] = []
  var edits: [Edit] = []
  var locals: [Local] = []
  var queue: [Queue] = []
  var journal: [Entry] = []
  /// The remotes, and what is known of them.
  var remotes: [Table] = []
  /// Whether some of it could not be read.
  private(set) var isPartial = false
  /// Bundles whose files were not written yet.
  var unwritten: [(digest: String, content: [UInt8])] = []

  /// Whether it knows which device this is.
  var knowsDevice: Bool {
    settings.contains { $0.key == "device.id" && DeviceID($0.value) != nil }
  }

  init() {}

  init(from old: Connection) {
    settings = Self.read(old, "SELECT key, value FROM settings") { ($0.text(0), $0.text(1)) }
    ownDevices = Self.read(old, "SELECT id FROM devices WHERE is_own") { $0.text(0) }
    locals = Self.read(
      old, "SELECT id, number, closed_at, server_id, last_synced_at FROM tasks"
    ) { row in
      Local(
        id: row.text(0), number: row.optionalInteger(1), closedAt: row.optionalInteger(2),
        serverID: row.optionalText(3), lastSyncedAt: row.optionalInteger(4))
    }
    (edits, isPartial) = Self.edits(of: old)
    queue = Self.read(
      old,
      """
      SELECT changes.id, queued, attempts, attempted_at, last_error FROM changes
      JOIN operations ON operations.key = first
      WHERE queued IS NOT 'pending' OR attempts > 0
      """
    ) { row in
      Queue(
        change: row.text(0), state: row.optionalText(1), attempts: row.integer(2),
        attemptedAt: row.optionalInteger(3), error: row.optionalText(4))
    }
    journal = Self.journal(of: old)
    remotes = Self.remoteTables.map { table in
      var table = table
      let columns = table.columns.joined(separator: ", ")
      table.rows = Self.read(old, "SELECT \(columns) FROM \(table.name)") { row in
        table.columns.indices.map { row.value(Int32($0)) }
      }
      return table
    }
    unwritten = Self.read(
      old, "SELECT digest, content FROM bundles WHERE content IS NOT NULL"
    ) { ($0.text(0), $0.blob(1)) }
  }

  private static let remoteTables = [
    Table(
      name: "remotes",
      columns: [
        "key", "name", "url", "id", "transport", "settings", "is_met", "secret", "last_push",
        "last_pull",
        "last_error", "last_error_at",
      ]),
    Table(name: "remote_keys", columns: ["remote", "name", "content"]),
    Table(
      name: "remote_bundles",
      columns: ["remote", "name", "seen_at", "is_noted", "bad_at"]),
  ]

  /// Reads as many rows as there are to be had.
  private static func read<Element>(
    _ old: Connection, _ sql: String, _ make: (Row) -> Element
  ) -> [Element] {
    var found: [Element] = []
    try? old.each(sql) { found.append(make($0)) }
    return found
  }

  /// The name of an operation: `3f2a9c1e7b00aa11:4`, or its key if it is not sealed.
  private static func name(of key: Int64, in old: Connection) -> JSON {
    guard let dot = try? old.dot(of: key) else { return .integer(key) }
    return .string(dot.description)
  }

  /// The edits that were not sealed, and whether some may be missing.
  private static func edits(of old: Connection) -> ([Edit], Bool) {
    // Before there were changes, nothing was sealed.
    let hasChanges =
      (try? old.first("SELECT 1 FROM pragma_table_info('operations') WHERE name = 'change'") { _ in
        true
      }) ?? false
    let open = hasChanges ? "change IS NULL" : "true"
    // Where a page is damaged, reading goes on from the other end; and ids are in the table and in its index.
    var ids: [Int64: String] = [:]
    for sql in ["SELECT key, id FROM tasks NOT INDEXED", "SELECT key, id FROM tasks ORDER BY id"] {
      try? old.each(sql) { ids[$0.integer(0)] = $0.text(1) }
    }
    var found: [Int64: Edit] = [:]
    var isPartial = false
    for order in ["ASC", "DESC"] {
      do throws(StoreError) {
        try old.each(
          """
          SELECT key, task, kind, at, clock, fields, over FROM operations NOT INDEXED
          WHERE \(open) ORDER BY key \(order)
          """
        ) { row in
          guard let id = ids[row.integer(1)] else {
            isPartial = true
            return
          }
          found[row.integer(0)] = Edit(
            key: row.integer(0), task: id, kind: row.text(2), at: row.integer(3),
            clock: row.optionalInteger(4), fields: row.text(5),
            over: JSON(canonicalText: row.text(6)).arrayValue ?? [])
        }
        break
      } catch {
        isPartial = true
      }
    }
    let rows = found.values.sorted { $0.key < $1.key }
    guard hasChanges else { return (rows, isPartial) }
    let named = rows.map { edit in
      Edit(
        key: edit.key, task: edit.task, kind: edit.kind, at: edit.at, clock: edit.clock,
        fields: edit.fields,
        over: edit.over.map { element in
          if case .integer(let key) = element { name(of: key, in: old) } else { element }
        })
    }
    return (named, isPartial)
  }

  private static func journal(of old: Connection) -> [Entry] {
    read(
      old,
      """
      SELECT conflicts.id, tasks.id, field, sides, found_at, ended_at, ended_by FROM conflicts
      JOIN tasks ON tasks.key = task
      """
    ) { row in
      (
        id: row.text(0), task: row.text(1), field: row.text(2), sides: row.text(3),
        foundAt: row.integer(4), endedAt: row.optionalInteger(5), endedBy: row.optionalInteger(6)
      )
    }.map { entry in
      Entry(
        id: entry.id, task: entry.task, field: entry.field,
        sides: (JSON(canonicalText: entry.sides).arrayValue ?? []).compactMap(\.integerValue)
          .map { name(of: $0, in: old) },
        foundAt: entry.foundAt, endedAt: entry.endedAt,
        endedBy: entry.endedBy.map { name(of: $0, in: old) })
    }
  }
}
