import TasksModel

/// The first and the last write of every field of every task that some operations write to.
struct GatheredDifferences {
  private struct Ends {
    var first: Stamp
    var from: JSON?
    var last: Stamp
    var to: JSON
  }

  private struct Gathered {
    let key: Int64
    var isNew = false
    var fields: [Field: Ends] = [:]
  }

  private let own: DeviceID
  private var tasks: [Gathered] = []
  private var places: [Int64: Int] = [:]

  init(own: DeviceID) { self.own = own }

  mutating func take(_ key: Int64, from connection: Connection) throws(StoreError) {
    guard let operation = try connection.pastOperation(key, own: own) else { return }
    let place = places[operation.task] ?? tasks.count
    if place == tasks.count {
      places[operation.task] = place
      tasks.append(Gathered(key: operation.task))
    }
    if operation.kind == OperationKind.create.rawValue { tasks[place].isNew = true }
    let stamp = operation.stamp
    // What was there before is looked up for the first write of a field alone.
    let isFirst = operation.written.keys.contains { field in
      tasks[place].fields[field].map { stamp < $0.first } ?? true
    }
    let before = isFirst ? try connection.replacedValues(of: operation, own: own) : [:]
    for (field, value) in operation.written {
      let from = before[field]
      guard var ends = tasks[place].fields[field] else {
        tasks[place].fields[field] = Ends(first: stamp, from: from, last: stamp, to: value)
        continue
      }
      if stamp < ends.first { (ends.first, ends.from) = (stamp, from) }
      if stamp > ends.last { (ends.last, ends.to) = (stamp, value) }
      tasks[place].fields[field] = ends
    }
  }

  func differences(in connection: Connection) throws(StoreError) -> [TaskDifference] {
    var differences: [TaskDifference] = []
    for task in tasks {
      let fields = task.fields.map {
        FieldChange(field: $0.key, from: $0.value.from, to: $0.value.to)
      }.filter { $0.isChange && !$0.saysTaskIsThereAsBefore }
      guard !fields.isEmpty else { continue }
      let found = try connection.first(
        "SELECT id, number, title FROM tasks WHERE key = ?", .integer(task.key),
        read: { row in
          TaskDifference(
            task: TaskID(stored: row.text(0)), number: row.optionalInteger(1).map { Int($0) },
            title: row.optionalText(2), isNew: task.isNew,
            fields: fields.sorted { $0.field < $1.field })
        })
      if let found { differences.append(found) }
    }
    return differences
  }
}
