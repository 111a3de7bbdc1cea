import TasksModel

/// Reads one change straight from its bytes, without a tree in between.
///
/// Two kinds of damage are told apart. What is no JSON is thrown where it stands. What is JSON but no change of
/// version 1 is remembered, the first of it, and reading goes on: the line may turn out to be of a later version, and
/// `v` comes last.
struct ChangeReader {
  struct Fault: Error {
    let kind: LineFault
    let offset: Int
  }

  private var json: JSONReader
  private(set) var fault: Fault?

  init(_ line: UnsafeBufferPointer<UInt8>) {
    json = JSONReader(line, maximumDepth: FormatLimits.depth)
  }

  mutating func read() throws(JSONError) -> Result<Change, Fault> {
    guard try json.enter(UInt8(ascii: "{"), depth: 1) else {
      _ = try json.value(depth: 0)
      try json.finish()
      return .failure(Fault(kind: .notAnObject, offset: 0))
    }
    var parts = ChangeParts()
    var keys = JSONKeys()
    while let key = try json.nextKey(&keys) {
      let start = json.index
      // Keys of ASCII letters have no second spelling in Unicode, so `==` compares them as bytes do.
      switch key {
      case "device": parts.device = Sited(try json.value(depth: 1), at: start)
      case "name": parts.name = Sited(try json.value(depth: 1), at: start)
      case "note": parts.note = Sited(try json.value(depth: 1), at: start)
      case "ops": parts.operations = try operations()
      case "prev": parts.previous = Sited(try json.value(depth: 1), at: start)
      case "seq": parts.sequence = Sited(try json.value(depth: 1), at: start)
      case "v": parts.version = Sited(try json.value(depth: 1), at: start)
      default: _ = try json.value(depth: 1)
      }
    }
    let end = json.index - 1
    try json.finish()
    return parts.change(operationsFault: fault, end: end)
  }

  private mutating func note(_ kind: @autoclosure () -> LineFault, at offset: Int) {
    if fault == nil { fault = Fault(kind: kind(), offset: offset) }
  }

  private mutating func operations() throws(JSONError) -> [Operation]? {
    let start = json.index
    guard try json.enter(UInt8(ascii: "["), depth: 2) else {
      note(.wrongType("ops"), at: start)
      _ = try json.value(depth: 1)
      return nil
    }
    var operations: [Operation] = []
    var count = 0
    while try json.nextElement(isFirst: count == 0) {
      if count == ChangeLimits.operations {
        note(.tooManyOperations(limit: ChangeLimits.operations), at: json.index)
      }
      // Once there is a fault the operations will not be used.
      if let operation = try operation(at: count), fault == nil { operations.append(operation) }
      count += 1
    }
    return operations
  }

  private mutating func operation(at position: Int) throws(JSONError) -> Operation? {
    let start = json.index
    guard try json.enter(UInt8(ascii: "{"), depth: 3) else {
      note(.wrongType("ops[\(position)]"), at: start)
      _ = try json.value(depth: 2)
      return nil
    }
    var at: Instant?
    var clock: Instant?
    var kind: String?
    var over: [Dot]?
    var fields: [JSON.Member]?
    var task: TaskID?
    var keys = JSONKeys()
    while let key = try json.nextKey(&keys) {
      switch key {
      case "at": at = try instant("at", of: position)
      case "clock": clock = try instant("clock", of: position)
      case "kind":
        let start = json.index
        kind = try json.value(depth: 3).stringValue
        if kind == nil { note(.wrongType("ops[\(position)].kind"), at: start) }
      case "over": over = try dots(of: position)
      case "set": fields = try members(of: position)
      case "task": task = try identifier(of: position)
      default: _ = try json.value(depth: 3)
      }
    }
    let end = json.index - 1
    guard let at else { return missing("at", of: position, at: end) }
    guard let kind else { return missing("kind", of: position, at: end) }
    guard let over else { return missing("over", of: position, at: end) }
    guard let task else { return missing("task", of: position, at: end) }
    if fields == nil, Operation.knownKinds.contains(kind) {
      return missing("set", of: position, at: end)
    }
    return Operation(task: task, kind: kind, at: at, clock: clock, over: over, fields: fields)
  }

  /// Notes that a member is not there, unless it was and is what the fault is.
  private mutating func missing(_ member: String, of position: Int, at end: Int) -> Operation? {
    note(.missing("ops[\(position)].\(member)"), at: end)
    return nil
  }

  private mutating func instant(
    _ member: String, of position: Int
  ) throws(JSONError) -> Instant? {
    let start = json.index
    guard let milliseconds = try json.value(depth: 3).integerValue else {
      note(.wrongType("ops[\(position)].\(member)"), at: start)
      return nil
    }
    let instant = Instant(milliseconds: milliseconds)
    guard Instant.validRange.contains(instant) else {
      note(.outOfRange("ops[\(position)].\(member)"), at: start)
      return nil
    }
    return instant
  }

  private mutating func dots(of position: Int) throws(JSONError) -> [Dot]? {
    let start = json.index
    guard try json.enter(UInt8(ascii: "["), depth: 4) else {
      note(.wrongType("ops[\(position)].over"), at: start)
      _ = try json.value(depth: 3)
      return nil
    }
    var dots: [Dot] = []
    var count = 0
    while try json.nextElement(isFirst: count == 0) {
      let start = json.index
      let text = try json.value(depth: 4).stringValue
      if let dot = text.flatMap(Dot.init) {
        if dot.change == nil, dot.index >= position {
          note(.namesLaterOperation("ops[\(position)].over[\(count)]", dot), at: start)
        }
        dots.append(dot)
      } else {
        note(.wrongType("ops[\(position)].over[\(count)]"), at: start)
      }
      count += 1
    }
    return dots
  }

  private mutating func members(of position: Int) throws(JSONError) -> [JSON.Member]? {
    let start = json.index
    guard let members = try json.value(depth: 3).objectValue else {
      note(.wrongType("ops[\(position)].set"), at: start)
      return nil
    }
    return members
  }

  private mutating func identifier(of position: Int) throws(JSONError) -> TaskID? {
    let start = json.index
    let text = try json.value(depth: 3).stringValue
    guard let text, let task = TaskID(canonical: text) else {
      note(.wrongType("ops[\(position)].task"), at: start)
      return nil
    }
    return task
  }
}
