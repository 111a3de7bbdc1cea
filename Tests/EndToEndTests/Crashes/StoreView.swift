import Foundation
import Testing

/// What a store holds, read by other programs: the database by `sqlite3`, the files by `zstd`.
struct StoreView {
  struct Operation: Hashable {
    let task: String
    let at: Int
    let kind: String
    /// Canonical JSON.
    let fields: String
  }

  struct Change: Hashable {
    let device: String
    let sequence: Int
    let operations: [Operation]
  }

  /// The columns of every task but its number and the times of its writes, as JSON, by id.
  private(set) var tasks: [String: String] = [:]
  private(set) var openOperations: [Operation] = []
  /// The changes as the database has them.
  private(set) var sealed: [Change] = []
  /// The changes in files, and how many files have each.
  private(set) var files: [Change: Int] = [:]

  init(of machine: Machine) throws {
    // A line of JSON for the tasks, one for the operations; then the lines of all bundles.
    let outcome = try machine.shell(
      """
      [ ! -e "$1/tasks.db" ] || sqlite3 -bail "$1/tasks.db" "$2"
      cd "$1" 2>/dev/null || exit 0
      find changes -name '[0-9a-f]*.tasks' -exec zstd -dcq {} \\; 2>/dev/null || true
      """, machine.store, Self.query)
    try #require(outcome.status == 0, "\(outcome)")
    for line in outcome.lines {
      let document = try JSONSerialization.jsonObject(with: Data(line.utf8))
      if let object = document as? [String: Any] {
        if let change = try Self.change(object) { files[change, default: 0] += 1 }
      } else if let table = document as? [Any] {
        try take(table)
      }
    }
  }

  private static let query = """
    SELECT json_array('tasks', json_group_object(id, json_array(title, description, completed,
      project, priority, due, wait, tags, is_deleted))) FROM tasks;
    SELECT json_array('operations', json_group_array(json_array(tasks.id, operations.at, kind,
      json(fields), devices.id, seq) ORDER BY operations.key)) FROM
      (SELECT * FROM operations ORDER BY key) AS operations JOIN tasks ON tasks.key = task
      LEFT JOIN changes ON changes.key = change LEFT JOIN devices ON devices.key = device;
    """.replacing(" ORDER BY operations.key", with: "")

  private mutating func take(_ table: [Any]) throws {
    if table.first as? String == "tasks" {
      tasks = try #require(table.last as? [String: Any]).mapValues(Self.canonical)
      return
    }
    var changes: [String: (device: String, sequence: Int, operations: [Operation])] = [:]
    for row in try #require(table.last as? [[Any]]) {
      let operation = Operation(
        task: try #require(row[0] as? String), at: try #require(row[1] as? Int),
        kind: try #require(row[2] as? String), fields: Self.canonical(row[3]))
      guard let device = row[4] as? String, let sequence = row[5] as? Int else {
        openOperations.append(operation)
        continue
      }
      changes["\(device) \(sequence)", default: (device, sequence, [])].operations.append(operation)
    }
    sealed = changes.values.map {
      Change(device: $0.device, sequence: $0.sequence, operations: $0.operations)
    }
  }

  /// The change of a line; nil for the first line of a file.
  private static func change(_ line: [String: Any]) throws -> Change? {
    guard let operations = line["ops"] as? [[String: Any]] else { return nil }
    return Change(
      device: try #require(line["device"] as? String), sequence: try #require(line["seq"] as? Int),
      operations: try operations.map { operation in
        Operation(
          task: try #require(operation["task"] as? String),
          at: try #require(operation["at"] as? Int),
          kind: try #require(operation["kind"] as? String),
          fields: canonical(operation["set"] ?? [String: Any]()))
      })
  }

  private static func canonical(_ json: Any) -> String {
    let data = try? JSONSerialization.data(
      withJSONObject: json, options: [.sortedKeys, .fragmentsAllowed])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  // MARK: - Comparing

  /// What matters of it: not the ids and times that a command makes up anew each time it is given.
  struct Content: Equatable {
    let tasks: [String]
    let open: [String]
    let changes: [[String]]
    /// The tasks and operations that were known to begin with.
    fileprivate let known: Set<String>
  }

  /// - Parameter before: what was there before the command; ids and times in it are compared.
  func content(knowing before: Content?) -> Content {
    let all = openOperations + sealed.flatMap(\.operations)
    let known = before?.known ?? Set(tasks.keys).union(all.map { "\($0.task) \($0.at)" })
    func name(_ task: String) -> String { known.contains(task) ? task : "new" }
    func text(_ operation: Operation) -> String {
      let at = known.contains("\(operation.task) \(operation.at)") ? String(operation.at) : "new"
      return "\(name(operation.task)) \(at) \(operation.kind) \(operation.fields)"
    }
    return Content(
      tasks: tasks.map { "\(name($0.key)) \($0.value)" }.sorted(),
      open: openOperations.map(text).sorted(),
      changes: sealed.map { $0.operations.map(text).sorted() }.sorted {
        $0.lexicographicallyPrecedes($1)
      }, known: known)
  }

  /// Expects every operation to be there once, and every sealed one to be in a file, in one change.
  func expectOrder(
    files isOneFileEach: Bool, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let all = openOperations + sealed.flatMap(\.operations)
    #expect(Set(all).count == all.count, comment, sourceLocation: sourceLocation)
    let published = files.keys.flatMap(\.operations)
    #expect(
      Set(published).count == published.count, "sealed twice: \(comment)",
      sourceLocation: sourceLocation)
    #expect(
      Set(files.keys) == Set(sealed), "the files differ from the database: \(comment)",
      sourceLocation: sourceLocation)
    if isOneFileEach {
      #expect(files.values.allSatisfy { $0 == 1 }, comment, sourceLocation: sourceLocation)
    }
  }
}
