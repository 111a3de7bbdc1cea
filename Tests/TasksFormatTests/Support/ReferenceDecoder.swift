import TasksModel

/// What `docs/format.md` says about a change's line, written down once more: parse the whole line, then look.
///
/// Slow and plain on purpose. `ChangeLine.decode` must accept exactly what this accepts, and read the same out of it.
enum ReferenceDecoder {
  /// Returns the change, or nil for damage.
  static func change(_ line: [UInt8]) -> Change? {
    guard line.count <= 1 << 20, let root = try? JSONParser.parse(line), root.objectValue != nil,
      let version = root["v"]?.integerValue, version >= 1,
      let sequence = root["seq"]?.integerValue, (1...999_999_999_999).contains(sequence),
      let device = root["device"]?.stringValue.flatMap(DeviceID.init),
      let previous = root["prev"]
    else { return nil }
    let before = previous.stringValue.flatMap(ChangeID.init)
    guard sequence == 1 ? previous.isNull : before != nil else { return nil }
    guard version == 1 else {
      return Change(
        version: Int(version), device: device, name: root["name"]?.stringValue ?? "",
        sequence: Int(sequence), previous: before, note: nil, operations: [])
    }
    guard let name = root["name"]?.stringValue, let list = root["ops"]?.arrayValue,
      list.count <= 1000
    else { return nil }
    if let note = root["note"], note.stringValue == nil { return nil }
    var operations: [Operation] = []
    for (position, element) in list.enumerated() {
      guard let operation = operation(element, at: position) else { return nil }
      operations.append(operation)
    }
    return Change(
      version: 1, device: device, name: name, sequence: Int(sequence), previous: before,
      note: root["note"]?.stringValue, operations: operations)
  }

  private static func operation(_ element: JSON, at position: Int) -> Operation? {
    let instants: ClosedRange<Int64> = 0...253_402_300_799_999
    guard element.objectValue != nil, let at = element["at"]?.integerValue, instants.contains(at),
      let kind = element["kind"]?.stringValue, let over = element["over"]?.arrayValue,
      let task = element["task"]?.stringValue, isUUID(task)
    else { return nil }
    if let clock = element["clock"] {
      guard let reading = clock.integerValue, instants.contains(reading) else { return nil }
    }
    if let set = element["set"] {
      guard set.objectValue != nil else { return nil }
    } else if ["create", "update", "delete"].contains(where: { UTF8Order.areEqual($0, kind) }) {
      return nil
    }
    var dots: [Dot] = []
    for text in over {
      guard let dot = text.stringValue.flatMap(dot), dot.change != nil || dot.index < position
      else { return nil }
      dots.append(dot)
    }
    return Operation(
      task: TaskID(stored: task), kind: kind, at: Instant(milliseconds: at),
      clock: element["clock"]?.integerValue.map(Instant.init(milliseconds:)), over: dots,
      fields: element["set"]?.objectValue)
  }

  private static func isUUID(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy {
        $0.unicodeScalars.allSatisfy("0123456789abcdef".unicodeScalars.contains)
      }
  }

  private static func dot(_ text: String) -> Dot? {
    let scalars = Array(text.unicodeScalars)
    guard let colon = scalars.firstIndex(of: ":") else { return nil }
    let prefix = scalars[..<colon]
    let digits = scalars[(colon + 1)...]
    guard prefix.isEmpty || prefix.count == 16,
      prefix.allSatisfy("0123456789abcdef".unicodeScalars.contains),
      (1...4).contains(digits.count), digits.allSatisfy("0123456789".unicodeScalars.contains),
      digits.count == 1 || digits.first != "0"
    else { return nil }
    let index = digits.reduce(0) { $0 * 10 + Int($1.value - 48) }
    return Dot(
      change: prefix.isEmpty ? nil : String(String.UnicodeScalarView(prefix)), index: index)
  }
}
