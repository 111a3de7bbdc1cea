import TasksModel

/// An operation that is about to be held: made here, or come from elsewhere.
struct HeldOperation {
  let key: Int64
  let task: Int64
  let kind: String
  let stamp: Stamp
  /// The clock's reading, where the time was moved away from it.
  let clock: Instant?
  /// The fields as they were set: a JSON object.
  let fields: String
  /// What it writes: the fields, and whether the task is deleted.
  let written: [Field: JSON]
  /// The operations held whose writes it replaces.
  let over: Set<Int64>
  /// Those not held, by name: they will be dropped when they arrive.
  var unknown: [Dot] = []
  /// Fields of it that an operation held already replaces.
  var replaced: Set<Field> = []
  var change: Int64?
  var command: Int64?
  /// Whether the default remote is not known to have it.
  var isQueued = true

  /// What it replaces, as the store keeps it: keys, and names of what is not held.
  var overText: String {
    var text = "["
    for key in over.sorted() {
      if text.utf8.count > 1 { text += "," }
      text += String(key)
    }
    for dot in unknown {
      if text.utf8.count > 1 { text += "," }
      text += "\"\(dot)\""
    }
    return text + "]"
  }
}
