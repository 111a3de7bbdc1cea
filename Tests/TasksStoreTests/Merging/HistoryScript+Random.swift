import MergeSupport
import TasksModel
import TestSupport

extension HistoryScript {
  /// A random script; few tasks, fields, values and moments, so that they meet.
  init(random seed: UInt64) {
    var author = ScriptAuthor(seed: seed)
    self = author.write()
  }
}

/// Makes up scripts.
private struct ScriptAuthor {
  private let seed: UInt64
  private var random: SeededGenerator
  private let devices: Int
  private let tasks: Int
  private let hasStrangers: Bool
  private let hasWildClocks: Bool

  init(seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(seed: seed)
    devices = [2, 2, 3, 3, 4, 6].randomElement(using: &random) ?? 2
    tasks = [1, 1, 2, 4].randomElement(using: &random) ?? 1
    hasStrangers = Int.random(in: 0..<5, using: &random) < 2
    hasWildClocks = Bool.random(using: &random)
  }

  mutating func write() -> HistoryScript {
    var steps: [Step] = []
    for _ in 0..<Int.random(in: 8...45, using: &random) { steps.append(step()) }
    return HistoryScript(seed: seed, devices: devices, steps: steps)
  }

  private mutating func one(in count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func pick<Element>(_ elements: [Element], or other: Element) -> Element {
    elements.randomElement(using: &random) ?? other
  }

  private mutating func step() -> Step {
    let device = Int.random(in: 0..<devices, using: &random)
    let task = Int.random(in: 0..<tasks, using: &random)
    switch Int.random(in: 0..<40, using: &random) {
    case 0..<5: return .create(device: device, task: task, values(in: 0...3))
    case 5..<14: return .update(device: device, task: task, values(in: one(in: 12) ? 0...0 : 1...3))
    case 14..<16: return .delete(device: device, task: task)
    case 16: return .update(device: device, task: task, ["is_deleted": false])
    case 17..<20: return .open(device: device, task: task)
    case 20..<23: return .save(device: device, values(in: 1...2))
    case 23..<25: return hasWildClocks ? .clock(device: device, reading()) : pass(device)
    case 25: return pass(device)
    case 26..<30: return .seal(device: device)
    case 30..<32 where hasStrangers: return .foreign(to: device, stranger())
    default:
      let count = pick([1, 1, 2, 3, 6], or: 1)
      return .deliver(
        from: device, to: Int.random(in: 0..<devices, using: &random),
        (0..<count).map { _ in Int.random(in: 0..<24, using: &random) })
    }
  }

  private mutating func pass(_ device: Int) -> Step {
    .pass(device: device, pick([1, 1, 2, 1000, 400_000, 200_000_000, -1, -1000, -400_000], or: 1))
  }

  private mutating func reading() -> Int64 {
    let last = Instant.validRange.upperBound.milliseconds
    let start = HistoryScript.start
    return pick(
      [
        start, start, start + 1, start + 2, start - 3_600_000, start + 86_400_000, 0, 1,
        2_147_483_648_000, last, last - 1,
      ], or: start)
  }

  // MARK: - Values

  private mutating func values(
    in range: ClosedRange<Int>, isForeign: Bool = false
  ) -> FieldValues {
    var members: [JSON.Member] = []
    for _ in 0..<Int.random(in: range, using: &random) {
      let member = isForeign && one(in: 2) ? foreignMember() : member()
      if !members.contains(where: { UTF8Order.areEqual($0.key, member.key) }) {
        members.append(member)
      }
    }
    return FieldValues(members)
  }

  private mutating func member() -> JSON.Member {
    switch Int.random(in: 0..<14, using: &random) {
    case 0...2: JSON.Member("title", pick(["a", "b", "c"], or: "a"))
    case 3...5: JSON.Member("completed", pick([true, true, false], or: true))
    case 6: JSON.Member("priority", pick(["H", "L", nil], or: nil))
    case 7: JSON.Member("tag:x", pick([true, true, nil], or: nil))
    case 8: JSON.Member("tag:y", pick([true, nil], or: nil))
    case 9:
      JSON.Member(
        "note:00000000000000aa",
        pick([["at": 1, "text": "n"], nil, ["at": 2, "text": "m"]], or: nil))
    case 10: JSON.Member("description", pick(["\u{E9}", "e\u{301}", nil], or: nil))
    case 11: JSON.Member("recur", pick(["daily", .number("1.0"), 1, nil], or: nil))
    case 12: JSON.Member("created_at", pick([5, 1_700_000_000_500], or: 5))
    default: JSON.Member("is_deleted", pick([true, false], or: false))
    }
  }

  /// What nobody could enter.
  private mutating func foreignMember() -> JSON.Member {
    pick(
      [
        JSON.Member("title", 5), JSON.Member("title", nil), JSON.Member("completed", "yes"),
        JSON.Member("completed", nil), JSON.Member("is_deleted", "true"),
        JSON.Member("is_deleted", nil), JSON.Member("tag:x", "yes"), JSON.Member("tag:x", false),
        JSON.Member("note:00000000000000aa", "text"), JSON.Member("recur", ["b": 1, "a": [2]]),
        JSON.Member("created_at", "then"), JSON.Member("created_at", nil),
        JSON.Member("created_at", -7), JSON.Member("x:\u{E9}", 1), JSON.Member("x:e\u{301}", 2),
        JSON.Member("", "nameless"), JSON.Member("description", ["d"]),
        JSON.Member("priority", 3), JSON.Member("updated_at", 9),
      ], or: JSON.Member("title", 5))
  }

  // MARK: - Strangers

  private mutating func stranger() -> ForeignChange {
    var entries: [ForeignChange.Entry] = []
    for _ in 0..<pick([1, 1, 2, 3], or: 1) { entries.append(entry()) }
    return ForeignChange(
      stranger: Int.random(in: 0...1, using: &random),
      sequence: pick([1, 1, 2, 3], or: 1), version: one(in: 10) ? 2 : 1, isUntidy: one(in: 4),
      isForged: one(in: 6),
      entries: entries)
  }

  private mutating func entry() -> ForeignChange.Entry {
    let kind = pick(["create", "update", "update", "update", "delete", "merge", "split"], or: "?")
    var over: [ForeignChange.Name] = []
    for _ in 0..<pick([0, 1, 1, 2, 4], or: 0) {
      let number = Int.random(in: 0..<24, using: &random)
      let index = Int.random(in: 0..<3, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0: over.append(.unknown(index))
      case 1: over.append(.beyond(number))
      case 2: over.append(.inside(index))
      default: over.append(.known(number, index))
      }
    }
    // What a deletion means that says itself whether the task is deleted, the law leaves open.
    var set: FieldValues? = values(in: 0...3, isForeign: true)
    if kind == "delete" { set?.members.removeAll { $0.key == "is_deleted" } }
    if kind == "split" { set = nil }
    return ForeignChange.Entry(
      task: Int.random(in: 0..<tasks, using: &random), kind: kind,
      at: one(in: 2) ? HistoryScript.start : reading(), over: over, set: set)
  }
}
