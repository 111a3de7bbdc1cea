import MergeSupport
import TasksFormat
import TasksModel
import TasksSync

@testable import TasksStore

extension World {
  /// Connects everything, and checks that all is as the laws have it.
  func end(_ mark: (String) -> Void) throws {
    for (number, seat) in seats.enumerated() {
      turn(seat, number)
      try seal(seat)
      mark("at the end, device \(number) with what it has")
      try checkMerge(seat)
      if isThorough { try seat.store.expectNoDamage(at: seat.device.now) }
    }
    // Whoever goes by one id is to find it out.
    for (number, seat) in seats.enumerated() {
      turn(seat, number)
      try create(seat, 7, ["title": "last"])
      try update(seat, 7, ["title": .string("by \(number)")])
      try seal(seat)
    }
    // What is on a place alone must get to all.
    let expected = Set(record.edits.compactMap { $0.isSealed ? $0.change : nil })
      .subtracting(lost)
    mark("at the end, with what there is")
    try Violation.unless(
      expected.isSubset(of: try existing()), "changes are gone that nobody took away")
    let hasHarm = script.events.contains { if case .harm = $0 { true } else { false } }
    for (number, depot) in depots.enumerated()
    where hasHarm || number == Int(script.seed % 16) % depots.count {
      let newcomer = try makeNewcomer(at: depot)
      turn(newcomer, seats.count - 1)
    }
    for place in [1, 2, 0]
    where place == 0 || depots.contains(where: { $0.isSeveral && $0.isUsed(place) }) {
      mark("at the end, with place \(place)")
      for depot in depots { try depot.mount(place) }
      if place > 0 || isThorough { try meet(pausing: 11 * 60_000) }
    }
    mark("at the end, a week later")
    try meet(pausing: 8 * 86_400_000)
    try checkAll(expected, mark)
  }

  /// One script in four is looked at more closely, as that takes as long as all the rest.
  private var isThorough: Bool { script.seed % 4 == 0 }

  /// Exchanges everything until nothing is left to exchange.
  private func meet(pausing milliseconds: Int64) throws {
    var last: [String] = []
    for _ in 1...10 {
      now += milliseconds
      last = try round()
      if last.isEmpty { return }
    }
    throw Violation("after many rounds there is still something to exchange: \(last)")
  }

  /// Lets every device speak to every remote; returns what was said.
  private func round() throws -> [String] {
    var said: [String] = []
    for depot in depots {
      for (number, seat) in seats.enumerated() {
        now += 16
        seat.offset = 0
        turn(seat, number)
        // A person would look what is wrong, and put the file back that says what this is.
        if !depot.place.hasSettings, !depot.place.bundleNames().isEmpty { try depot.mend() }
        guard seat.device.store.isConnected(to: depot) else { continue }
        let exchange = Exchange(ways: 3, batch: 50, refills: true, allowsFuture: true)
        guard let report = try self.exchange(seat, depot, exchange) else {
          said.append("device \(number) could not speak to \(depot.name)")
          continue
        }
        let what = Self.news(in: report)
        if !what.isEmpty { said.append("device \(number), \(depot.name): \(what)") }
      }
    }
    return said
  }

  private static func news(in report: SyncReport) -> String {
    var news: [String] = []
    if report.sent.changes > 0 { news.append("sent \(report.sent.changes)") }
    if report.received.changes > 0 { news.append("received \(report.received.changes)") }
    if !report.returned.isEmpty { news.append("returned \(report.returned)") }
    if !report.gone.isEmpty { news.append("gone \(report.gone)") }
    if !report.skipped.isEmpty { news.append("skipped \(report.skipped)") }
    return news.joined(separator: ", ")
  }

  // MARK: - What holds

  private func changes(of seat: Seat) throws -> [SealedChange] {
    try seat.changes().compactMap { id in
      if let known = sealed[id] { return known }
      let change = try seat.store.change(id)
      sealed[id] = change
      return change
    }
  }

  /// Compares what a device without open edits shows with what follows from what it holds.
  private func checkMerge(_ seat: Seat) throws {
    let oracle = Oracle(try changes(of: seat))
    let state = try seat.store.shownTasks(at: seat.device.now)
    for task in Set(oracle.state.keys).union(state.keys) {
      try Violation.unless(
        state[task] == oracle.state[task],
        """
        \(seat.device.name) shows task \(task.text.suffix(2)) as
          \(state[task]?.description ?? "not there"), which should be
          \(oracle.state[task]?.description ?? "not there")
        """)
    }
    let found = try seat.store.foundConflicts().map { $0.text() }.sorted()
    try Violation.unless(
      found == oracle.conflicts.map { $0.text() }.sorted(),
      "\(seat.device.name) has other conflicts: \(found.map(\.text))")
    if let isMissing = oracle.isMissing {
      try Violation.unless(
        try (seat.store.missing().count > 0) == isMissing, "\(seat.device.name) misses something")
    }
  }

  private func checkAll(_ expected: Set<ChangeID>, _ mark: (String) -> Void) throws {
    let first = try seats[0].changes()
    try Violation.unless(
      expected.isSubset(of: first), "changes are gone: \(expected.subtracting(first).map(\.short))")
    for (number, seat) in seats.enumerated() {
      mark("at the end, device \(number)")
      let changes = try seat.changes()
      try Violation.unless(
        changes == first,
        "it holds \(changes.count) changes, device 0 \(first.count)")
      try Violation.unless(try everything(seat) == everything(seats[0]), "it shows something else")
      try seat.store.expectNoDamage(at: seat.device.now)
      let counts = try seat.store.counts()
      try Violation.unless(
        counts.unpushed == 0 && counts.pending == 0 && counts.failed == 0,
        "its queue is not empty: \(counts)")
    }
    mark("at the end")
    try checkMerge(seats[0])
    let owners = try seats.map { try $0.store.ownDevice }
    try Violation.unless(Set(owners).count == owners.count, "two stores go by one id")
    // What is lost leaves a hole in what was seen.
    let holes = record.edits.filter { $0.change.map { !first.contains($0) } ?? false }.map(\.task)
    try record.checkNothingVanished(
      state: try seats[0].store.shownTasks(at: seats[0].device.now),
      conflicts: try seats[0].store.foundConflicts(), besides: Set(holes))
    try checkListings()
  }

  private func everything(_ seat: Seat) throws -> [UTF8Key] {
    try seat.store.shownTasks(at: seat.device.now)
      .map { UTF8Key("\($0.key.text.suffix(2)) \($0.value)") }.sorted()
      + seat.store.foundConflicts().map { UTF8Key("\($0.id) \($0.text().text)") }.sorted()
  }

  /// Checks that folding keeps listings short: of each device that is no fork, a few bundles.
  private func checkListings() throws {
    let forked = Set(try seats[0].store.heldDevices().filter(\.isForked).map(\.id))
    for depot in depots {
      var counts: [DeviceID: Int] = [:]
      for name in depot.place.bundleNames() {
        if let name = BundleName(name) { counts[name.device, default: 0] += 1 }
      }
      let known = Set(forked.map(depot.place.coding.device))
      for (device, count) in counts where !known.contains(device) {
        try Violation.unless(count <= 12, "\(depot.name) lists \(count) bundles of one device")
      }
    }
  }
}

extension Store {
  fileprivate func isConnected(to depot: Depot) -> Bool {
    ((try? remotes()) ?? []).contains { $0.url == depot.place.path }
  }
}
