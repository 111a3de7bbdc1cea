import TasksFormat
import TasksModel

extension Intaker {
  /// An operation that replaces some which came after it.
  struct Replacer {
    let task: Int64
    let written: [Field: JSON]
  }

  /// What replaces operations of a change, by their places; they are awaited no longer.
  mutating func replacers(
    of change: ChangeID, count: Int
  ) throws(StoreError) -> [Int: [Replacer]] {
    guard awaits else { return [:] }
    let found = try connection.all(
      "SELECT place, operation FROM awaited WHERE change = ? AND place < ?", .text(change.short),
      .integer(Int64(count)),
      read: { (place: Int($0.integer(0)), key: $0.integer(1)) })
    guard !found.isEmpty else { return [:] }
    try merger.writeOperations()
    try connection.run(
      "DELETE FROM awaited WHERE change = ? AND place < ?", .text(change.short),
      .integer(Int64(count)))
    var replacers: [Int: [Replacer]] = [:]
    for (place, key) in found {
      if replacing[key] == nil {
        replacing[key] = try connection.first(
          "SELECT task, kind, fields FROM operations WHERE key = ?", .integer(key),
          read: {
            Replacer(task: $0.integer(0), written: WrittenFields.of($0.text(1), $0.text(2)))
          })
      }
      if let replacer = replacing[key] { replacers[place, default: []].append(replacer) }
    }
    return replacers
  }

  /// Holds one operation, and returns its task; one that writes nothing lives on in its line only.
  mutating func take(
    _ incoming: IncomingOperation, at index: Int, of change: IncomingChange, key: Int64,
    first: Int64,
    replacedBy replacers: [Replacer]
  ) throws(StoreError) -> Int64? {
    guard let written = incoming.written else { return nil }
    let operation = incoming.operation
    let task = try self.task(operation.task)
    var replaces: [HeldOperation.Replaced] = []
    for dot in operation.over {
      guard let prefix = dot.prefix else {
        replaces.append(.held(first + Int64(dot.index)))
        continue
      }
      let places = try places(named: prefix, before: first).filter { dot.index < $0.count }
      for place in places { replaces.append(.held(place.first + Int64(dot.index))) }
      if places.isEmpty {
        replaces.append(.unknown(dot))
        awaits = true
      }
    }
    try merger.take(
      HeldOperation(
        key: first + Int64(index), task: task, kind: operation.kind,
        stamp: Stamp(
          at: operation.at, device: change.change.device, change: change.id, index: index),
        clock: operation.clock, fields: incoming.fields, written: written,
        replaces: replaces,
        replaced: Self.fields(of: written, replacedBy: replacers, of: task),
        change: key, server: server))
    return task
  }

  /// Which of the fields that an operation writes others write too, that are known to replace it.
  private static func fields(
    of written: [WrittenField], replacedBy replacers: [Replacer], of task: Int64
  ) -> Set<Field> {
    let others = replacers.filter { $0.task == task }.map(\.written)
    guard !others.isEmpty else { return [] }
    let all = Dictionary(uniqueKeysWithValues: written.map { ($0.field, JSON.null) })
    return History.fields(of: all, in: others)
  }

  private mutating func task(_ id: TaskID) throws(StoreError) -> Int64 {
    if let known = tasks[id] { return known }
    let found = try connection.first(
      "SELECT key FROM tasks WHERE id = ?", .text(id.text), read: { $0.integer(0) })
    if let found {
      tasks[id] = found
      return found
    }
    let key = try merger.makeTask(id)
    tasks[id] = key
    return key
  }
}
