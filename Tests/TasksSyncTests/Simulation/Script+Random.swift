import MergeSupport
import TasksModel
import TestSupport

extension Script {
  /// A random script; few tasks, fields and values, so that they meet.
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
  private let remotes: [Script.Kind]
  /// What there is in this script; all of it at once would leave nothing undisturbed.
  private let hasFaults: Bool
  private let hasHarm: Bool
  private let hasCopies: Bool
  private let hasWildClocks: Bool
  private let isBusy: Bool

  init(seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(seed: seed)
    devices = [2, 2, 2, 3, 3, 4, 6].randomElement(using: &random) ?? 2
    tasks = [1, 2, 2, 4].randomElement(using: &random) ?? 1
    let count = [1, 1, 1, 2, 2, 3].randomElement(using: &random) ?? 1
    let kinds: [Script.Kind] = [.server, .server, .folder, .stick, .encrypted]
    remotes = Array(kinds.shuffled(using: &random).prefix(count))
    hasFaults = Bool.random(using: &random)
    hasHarm = Int.random(in: 0..<3, using: &random) == 0
    hasCopies = Int.random(in: 0..<3, using: &random) == 0
    hasWildClocks = Int.random(in: 0..<3, using: &random) == 0
    isBusy = Int.random(in: 0..<4, using: &random) == 0
  }

  mutating func write() -> Script {
    var disks: Set<Int> = []
    for device in 0..<devices where one(in: hasCopies ? 2 : 5) { disks.insert(device) }
    var events: [Event] = []
    if hasHarm, one(in: 4) {
      events = early()
    } else if one(in: 8) {
      events = partly()
    }
    var copies = 0
    for _ in 0..<Int.random(in: 10...50, using: &random) {
      let event = event()
      if case .copy(let device, _) = event, one(in: 2) {
        events += parting(device, event, copy: devices + copies)
      } else {
        events.append(event)
      }
      if case .copy(let device, _) = event, disks.contains(device) { copies += 1 }
    }
    return Script(seed: seed, devices: devices, disks: disks, remotes: remotes, events: events)
  }

  private mutating func one(in count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func pick<Element>(_ elements: [Element], or other: Element) -> Element {
    elements.randomElement(using: &random) ?? other
  }

  private mutating func number() -> Int { Int.random(in: 0..<64, using: &random) }

  private mutating func event() -> Event {
    let device = Int.random(in: 0..<devices, using: &random)
    let task = Int.random(in: 0..<tasks, using: &random)
    let remote = Int.random(in: 0..<remotes.count, using: &random)
    switch Int.random(in: 0..<48, using: &random) {
    case 0..<4: return .create(device: device, task: task, values(in: 1...3))
    case 4..<13: return .update(device: device, task: task, values(in: 1...3))
    case 13: return .delete(device: device, task: task)
    case 14: return .update(device: device, task: task, ["is_deleted": false])
    case 15: return .open(device: device, task: task)
    case 16: return .save(device: device, values(in: 1...2))
    case 17..<19: return .resolve(device: device, conflict: number(), side: number())
    case 19..<22:
      return isBusy && one(in: 2) ? .fill(device: device, changes: 5) : .seal(device: device)
    case 22: return isBusy ? .fill(device: device, changes: 5) : .tidy(device: device)
    case 23..<25:
      return .carry(
        from: device, to: Int.random(in: 0..<devices, using: &random),
        since: one(in: 2) ? number() : nil)
    case 25..<27: return .pass(pick([1000, 60_000, 660_000, 8_000_000, 700_000_000], or: 1))
    case 27..<30 where hasCopies:
      switch Int.random(in: 0..<5, using: &random) {
      case 0, 1: return .copy(device: device, isUnnoticed: one(in: 2))
      case 2: return .restore(device: device)
      default: return .backUp(device: device)
      }
    case 30..<33 where hasHarm: return .harm(remote: remote, harm())
    case 33..<35 where hasWildClocks:
      guard one(in: 3) else {
        return .clock(device: device, off: pick([0, -7_200_000, 7_200_000, 240_000], or: 0))
      }
      return .date(device: device, pick([0, 2_147_483_648_000, 1_600_000_000_000], or: 0))
    case 35..<37: return .mount(remote: remote, place: pick([0, 0, 1, 2], or: 0))
    default: return .exchange(device: device, remote: remote, exchange())
    }
  }

  /// A store is copied with an edit that is not sealed; it comes to the copy sealed.
  private mutating func parting(_ device: Int, _ copying: Event, copy: Int) -> [Event] {
    [
      .create(device: device, task: 0, values(in: 1...2)),
      .update(device: device, task: 0, values(in: 1...3)), copying,
      .exchange(device: device, remote: 0, Exchange(ways: 2, batch: 50)),
      .exchange(device: copy, remote: 0, Exchange(ways: 1, batch: 50)),
    ]
  }

  /// The end of what a remote has as one bundle came by stick before.
  private mutating func partly() -> [Event] {
    [
      .fill(device: 0, changes: 3), .carry(from: 0, to: 1, since: 1),
      .exchange(device: 0, remote: 0, Exchange(ways: 2, batch: 50)),
      .exchange(device: 1, remote: 0, Exchange(ways: 3, batch: 50)),
    ]
  }

  /// A remote loses what says what it is before everybody has seen it.
  private mutating func early() -> [Event] {
    [
      .create(device: 0, task: 0, values(in: 1...2)),
      .exchange(device: 0, remote: 0, Exchange(ways: 2, batch: 50)),
      .harm(remote: 0, .loseSettings),
      .exchange(device: 1, remote: 0, Exchange(ways: 3, batch: 50)),
    ]
  }

  // MARK: - Exchanges

  private mutating func exchange() -> Exchange {
    var exchange = Exchange(
      ways: pick([1, 2, 3, 3, 3], or: 3), batch: isBusy ? 1 : pick([1, 2, 3, 50], or: 50))
    exchange.refills = one(in: 4)
    exchange.allowsFuture = one(in: 3)
    exchange.isDryRun = one(in: 20)
    if hasFaults, one(in: 2) { exchange.fault = fault() }
    return exchange
  }

  private mutating func fault() -> Fault {
    var fault = Fault()
    if one(in: 5) {
      fault.hides = one(in: 2) ? number() : nil
      fault.isStale = one(in: 2)
      fault.isReordering = one(in: 2)
      fault.cutsShort = one(in: 3) ? number() : nil
    } else {
      fault.call = Int.random(in: 1...12, using: &random)
      fault.afterTheFact = one(in: 2)
      fault.kills = one(in: 3)
    }
    fault.tries = pick([1, 3], or: 1)
    return fault
  }

  private mutating func harm() -> Harm {
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<3: .cutOff(file: number(), after: number() * 4)
    case 3: .flip(file: number(), bit: number() * 5)
    case 4..<7: .delete(file: number())
    case 7: .put(junk: number())
    case 8: .empty
    default: .loseSettings
    }
  }

  // MARK: - Values

  private mutating func values(in range: ClosedRange<Int>) -> FieldValues {
    var members: [JSON.Member] = []
    for _ in 0..<Int.random(in: range, using: &random) {
      let member = member()
      if !members.contains(where: { UTF8Order.areEqual($0.key, member.key) }) {
        members.append(member)
      }
    }
    return FieldValues(members)
  }

  private mutating func member() -> JSON.Member {
    switch Int.random(in: 0..<11, using: &random) {
    case 0...3: JSON.Member("title", pick(["a", "b", "c"], or: "a"))
    case 4...6: JSON.Member("completed", pick([true, true, false], or: true))
    case 7: JSON.Member("priority", pick(["H", "L", nil], or: nil))
    case 8: JSON.Member("tag:x", pick([true, true, nil], or: nil))
    case 9:
      JSON.Member(
        "note:00000000000000aa",
        pick([["at": 1, "text": "n"], nil, ["at": 2, "text": "m"]], or: nil))
    default: JSON.Member("description", pick(["long", "longer", nil], or: nil))
    }
  }
}
