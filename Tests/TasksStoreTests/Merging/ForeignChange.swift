import MergeSupport
import TasksFormat
import TasksModel

/// A change by a stranger: well formed, and otherwise whatever somebody may have put into a bundle.
struct ForeignChange: Sendable {
  /// A dot, as a script can name it.
  enum Name: Sendable {
    /// An operation of a change that the receiver holds, both modulo how many there are.
    case known(Int, Int)
    /// An operation that stands before in the same change.
    case inside(Int)
    /// An operation of a change that nobody has.
    case unknown(Int)
    /// An operation behind the last one of a change that the receiver holds.
    case beyond(Int)
  }

  struct Entry: Sendable {
    var task: Int
    var kind: String
    var at: Int64
    var over: [Name]
    var set: FieldValues?
  }

  /// Which stranger: the one whose id is the smallest possible, or the greatest.
  var stranger: Int
  var sequence: Int
  var version = 1
  /// Whether the line is not as this program would write it.
  var isUntidy = false
  /// Whether it claims to follow a change that others claim to follow whose number is another.
  var isForged = false
  var entries: [Entry]

  static let strangers = ["0000000000000000", "ffffffffffffffff"].compactMap { DeviceID($0) }

  var device: DeviceID { Self.strangers[stranger % Self.strangers.count] }

  /// Returns the line, as somebody writes it who holds these changes.
  func line(knowing known: [SealedChange]) throws -> [UInt8] {
    let operations = entries.enumerated().map { position, entry in
      Operation(
        task: HistoryScript.task(entry.task), kind: entry.kind, at: Instant(milliseconds: entry.at),
        clock: nil, over: entry.over.compactMap { dot($0, at: position, knowing: known) },
        fields: entry.set?.members)
    }
    let earlier = known.last { $0.change.device == device && $0.change.sequence == sequence - 1 }
    let digit = isForged ? "0" : "\(1 + (2 * sequence + stranger) % 9)"
    let unknown = ChangeID(trusted: String(repeating: digit, count: 64))
    let change = Change(
      device: device, name: "stranger", sequence: sequence,
      previous: sequence == 1 ? nil : isForged ? unknown : earlier?.id ?? unknown, note: nil,
      operations: operations)
    guard isUntidy || version != 1 else { return try SealedChange(sealing: change).line }
    return Array(untidyText(of: change).utf8)
  }

  private func dot(_ name: Name, at position: Int, knowing known: [SealedChange]) -> Dot? {
    switch name {
    case .known(let pick, let index):
      guard !known.isEmpty else { return nil }
      let change = known[pick % known.count]
      let count = change.change.operations.count
      return Dot(change: change.id.short, index: count == 0 ? 0 : index % count)
    case .inside(let index):
      return index < position ? Dot(change: nil, index: index) : nil
    case .unknown(let number):
      return Dot(change: "dddddddddddddddd", index: number)
    case .beyond(let pick):
      guard !known.isEmpty else { return nil }
      let change = known[pick % known.count]
      return Dot(change: change.id.short, index: change.change.operations.count + 3)
    }
  }

  // MARK: - Another writer's hand

  private func untidyText(of change: Change) -> String {
    let operations = change.operations.map { operation in
      var members = [
        "\"task\" : \"\(operation.task.text)\"", "\"kind\":\(Self.text(.string(operation.kind)))",
        "\"over\":[\(operation.over.map { "\"\($0)\"" }.joined(separator: " , "))]",
        "\"at\": \(operation.at.milliseconds)", "\"later\": [{}]",
      ]
      if let fields = operation.fields { members.append("\"set\" :\(Self.text(.object(fields)))") }
      return "{ \(members.joined(separator: ", ")) }"
    }
    let previous = change.previous.map { "\"\($0.text)\"" } ?? "null"
    return """
      {"v":\(version), "seq": \(change.sequence),"prev":\(previous), "extra":{"b":1,"a":null}, \
      "ops":[\(operations.joined(separator: ","))],"name":"\(change.name)",\
      "device":"\(change.device.text)"}
      """
  }

  /// JSON with members from back to front.
  private static func text(_ value: JSON) -> String {
    switch value {
    case .array(let values):
      return "[ \(values.map(text).joined(separator: " ,")) ]"
    case .object(let members):
      let members = members.reversed().map { member in
        "\(JSON.string(member.key).canonicalText): \(text(member.value))"
      }
      return "{\(members.joined(separator: ", "))}"
    default:
      return value.canonicalText
    }
  }
}
