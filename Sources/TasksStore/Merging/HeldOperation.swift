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
  let written: [WrittenField]
  /// The operations whose writes it replaces, in the order in which it names them.
  let replaces: [Replaced]
  /// Fields of it that an operation held already replaces.
  var replaced: Set<Field> = []
  var change: Int64?
  var command: Int64?
  /// The bundle on the default remote that it was read in: there it need not be sent.
  var server: String?

  /// An operation that another one replaces.
  enum Replaced: Hashable {
    case held(Int64)
    /// It has not arrived, and will be dropped when it does.
    case unknown(Dot)
  }

  /// The operations held whose writes it replaces.
  var over: Set<Int64> {
    var keys: Set<Int64> = []
    for case .held(let key) in replaces { keys.insert(key) }
    return keys
  }

  /// What it replaces, as the store keeps it: keys, and names of what is not held.
  var overText: String {
    var text = "["
    for replaced in replaces {
      if text.utf8.count > 1 { text += "," }
      switch replaced {
      case .held(let key): text += String(key)
      case .unknown(let dot): text += "\"\(dot)\""
      }
    }
    return text + "]"
  }
}
