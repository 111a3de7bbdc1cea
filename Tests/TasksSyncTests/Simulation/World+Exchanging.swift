import Foundation
import MergeSupport
import RemoteSupport
import TasksFormat
import TasksModel
import TasksRemote
import TasksSync

@testable import TasksStore

/// The program was killed.
private struct Killed: Error {}

extension World {
  /// Speaks to a remote, and returns what came of it; nil if it failed, as it may.
  func exchange(_ seat: Seat, _ depot: Depot, _ exchange: Exchange) throws -> SyncReport? {
    let ways = SyncOptions.Ways(rawValue: exchange.ways)
    let known = try seat.store.remotes().first { $0.url == depot.place.path }
    guard let known else { return nil }
    // Whoever does not know yet that it is encrypted waits until somebody has made it.
    if depot.kind == .encrypted, known.settings == nil, !depot.place.hasSettings { return nil }
    let name = known.name
    if ways.contains(.push), !exchange.isDryRun { try seal(seat) }
    let before = try depot.changes()
    let held = try seat.changes()
    let traces = exchange.isDryRun ? try traces(of: seat, depot) : []
    let last = try seat.lastChange()
    let copy = prepare(seat, depot, exchange)

    var report: SyncReport?
    do {
      report = try seat.device.exchange(ways, on: name) { options in
        options.batch = exchange.batch
        options.refills = exchange.refills
        options.allowsFuture = exchange.allowsFuture
        options.isDryRun = exchange.isDryRun
      }
    } catch is Killed {
      sights.insert(.killed)
      if FileManager.default.fileExists(atPath: copy) { try seat.comeBack(from: copy) }
    } catch let error as SyncError {
      guard isAllowed(error, seat, depot, exchange) else { throw error }
      sights.note(error)
    }
    sights.note(seat.device.report)
    if report != nil, seat.device.wires.count > 1 { sights.insert(.triedAgain) }
    if report != nil, exchange.refills, report?.isNew == true, !before.isEmpty || !held.isEmpty {
      sights.insert(.refilled)
    }
    if exchange.isDryRun { sights.insert(.dryRun) }
    if try seat.store.missing().count > 0 { sights.insert(.missing) }
    try? FileManager.default.removeItem(atPath: copy)
    try noteDropped(seat, since: last)
    try flaw?.spoil(seat, isFailed: report == nil)

    try depot.look()
    try checkNothingGone(before, depot, held, seat)
    if exchange.isDryRun {
      try Violation.unless(
        try self.traces(of: seat, depot) == traces, "a dry run has changed something")
    }
    return report
  }

  /// Says how the connections go wrong; returns where a copy of the store is put at the moment of a kill.
  private func prepare(_ seat: Seat, _ depot: Depot, _ exchange: Exchange) -> String {
    let copy = (try? newPath()) ?? ""
    let names = depot.place.bundleNames()
    seat.device.isFolder = depot.kind == .folder || depot.kind == .stick
    seat.device.wrap = { [flaw] remote in flaw?.wrap(remote) ?? remote }
    seat.device.disturb = { wire, attempt in
      if depot.kind == .encrypted {
        wire.faults.watch = { upload in
          if upload.content()?.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ?? false {
            depot.isLeaked = true
          }
        }
      }
      guard let fault = exchange.fault else { return }
      if fault.kills, attempt > 1 { throw Killed() }
      guard attempt <= fault.tries else { return }
      wire.faults.failingCall = fault.call
      wire.faults.afterTheFact = fault.afterTheFact
      wire.faults.isReordering = fault.isReordering
      if !names.isEmpty {
        let hidden = fault.hides.flatMap { RemoteName(names[$0 % names.count]) }
        wire.faults.hidden = Set([hidden].compactMap(\.self))
        if let pick = fault.cutsShort, let name = RemoteName(names[pick % names.count]) {
          wire.faults.cutShort = [name: 40]
        }
      }
      let gone = "1c00000000000000-1-9-0123456789abcdef-00112233445566778899aabbccddeeff.tasks"
      wire.faults.stale = fault.isStale ? [gone].compactMap { RemoteName($0) } : []
      if fault.kills, let directory = seat.directory {
        wire.faults.whenFailing = {
          try? FileManager.default.copyItem(atPath: directory, toPath: copy)
        }
      }
    }
    return copy
  }

  private func isAllowed(
    _ error: SyncError, _ seat: Seat, _ depot: Depot, _ exchange: Exchange
  ) -> Bool {
    switch error {
    case .remote(.ended, _, let attempts):
      exchange.fault?.call != nil && attempts == Synchronizer.attempts
    case .nothingThere, .lost, .noSettings: !depot.place.hasSettings
    case .clockAhead: seat.wasAhead && !exchange.allowsFuture
    default: false
    }
  }

  /// What a dry run must leave as it is.
  private func traces(of seat: Seat, _ depot: Depot) throws -> [String] {
    depot.place.names()
      + (try seat.store.connection.all(
        "SELECT name || seen_at || is_noted FROM remote_bundles ORDER BY 1",
        read: { $0.text(0) }))
      + (try seat.store.connection.all(
        "SELECT key || coalesce(queued, '-') FROM operations ORDER BY key",
        read: { $0.text(0) }))
  }

  /// Checks that syncing takes nothing away, neither here nor there, and that nothing is said to be there that is not.
  private func checkNothingGone(
    _ before: Set<ChangeID>, _ depot: Depot, _ held: Set<ChangeID>, _ seat: Seat
  ) throws {
    let gone = before.subtracting(try depot.changes())
    try Violation.unless(gone.isEmpty, "\(depot.name) has lost \(gone.map(\.short)) by syncing")
    try Violation.unless(
      held.isSubset(of: try seat.changes()), "the store has lost changes by syncing")
    try Violation.unless(
      !depot.isLeaked, "a bundle was sent to an encrypted remote as it is")
    let noted = try seat.notedAsPublished()
    if let origin = depots.first, !seat.isNewcomer {
      let missing = noted.filter { !origin.ever.contains($0) }
      try Violation.unless(
        missing.isEmpty, "the queue let go of \(missing.map(\.short)), which never got there")
    }
  }
}
