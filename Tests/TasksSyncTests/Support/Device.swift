import RemoteSupport
import TasksFormat
import TasksModel
import TasksRemote
import TasksSync

@testable import TasksStore

/// A device with a clock that a test turns, whose remotes are folders and go wrong as told.
final class Device {
  let name: String
  var store: Store
  var now: Instant
  /// What servers' clocks say; nil: the same as this device's.
  var serverNow: Instant?
  /// Whether remotes count as folders, which somebody may sync with others.
  var isFolder = false
  /// Says how the connection of that number of a run goes wrong, or throws as if there were none.
  var disturb: (FaultyRemote, Int) throws -> Void = { _, _ in }
  /// What is between this device and the place.
  var wrap: (any Remote) -> any Remote = { $0 }
  /// The key that somebody enters the passphrase of.
  var key: RemoteKey?

  /// How long the last run paused between its tries.
  private(set) var pauses: [Int] = []
  /// The connections of the last run.
  private(set) var wires: [FaultyRemote] = []
  /// What came of the last run, also if it failed.
  private(set) var report = SyncReport()

  static let start = Instant(milliseconds: 1_700_000_000_000)

  init(_ name: String, store: Store? = nil, at now: Instant = Device.start) throws {
    self.name = name
    self.store = try store ?? Store.inMemory(zone: .utc)
    self.now = now
  }

  /// A device whose remote is at a place.
  convenience init(_ name: String, with place: Place, at now: Instant = Device.start) throws {
    try self.init(name, at: now)
    try add(place)
  }

  @discardableResult
  func add(_ place: Place, as name: String = RemoteRecord.usualName) throws -> RemoteRecord {
    let record = try store.addRemote(name, url: place.path)
    guard case .encrypted(let key) = place.coding else { return record }
    self.key = key
    return record
  }

  func pass(minutes: Int64 = 0, milliseconds: Int64 = 1000) {
    now = now.adding(milliseconds: minutes * 60_000 + milliseconds)
  }

  // MARK: - Syncing

  /// Speaks to a remote, as the commands do; with something to push it seals first.
  @discardableResult
  func exchange(
    _ ways: SyncOptions.Ways, on name: String? = nil, _ more: (inout SyncOptions) -> Void = { _ in }
  ) throws -> SyncReport {
    var options = SyncOptions(ways)
    more(&options)
    guard let record = try store.remote(name) else { throw SyncError.nothingThere }
    if ways.contains(.push), !options.isDryRun {
      _ = try store.seal(note: nil, name: self.name, at: now)
    }
    pauses = []
    wires = []
    let synchronizer = Synchronizer(store, with: record, options, in: environment())
    defer { report = synchronizer.report }
    do {
      try synchronizer.run()
    } catch let error as SyncError {
      guard !options.isDryRun else { throw error }
      var attempts = 1
      if case .remote(_, _, let count) = error { attempts = count }
      try store.noteFailure(
        on: record, "it failed", attempts: attempts, sending: ways.contains(.push), at: now)
      throw error
    }
    return synchronizer.report
  }

  @discardableResult
  func push(
    on name: String? = nil, _ more: (inout SyncOptions) -> Void = { _ in }
  ) throws -> SyncReport { try exchange(.push, on: name, more) }

  @discardableResult
  func pull(
    on name: String? = nil, _ more: (inout SyncOptions) -> Void = { _ in }
  ) throws -> SyncReport { try exchange(.pull, on: name, more) }

  @discardableResult
  func sync(
    on name: String? = nil, _ more: (inout SyncOptions) -> Void = { _ in }
  ) throws -> SyncReport { try exchange([.pull, .push], on: name, more) }

  /// Reads everything on the default remote.
  func examine() throws -> RemoteExamination {
    guard let record = try store.remote(nil) else { throw SyncError.nothingThere }
    var options = SyncOptions(.pull)
    options.isDryRun = true
    return try Synchronizer(store, with: record, options, in: environment()).examine()
  }

  /// What its drafts begin with.
  var owner: String { get throws { String(try store.ownDevice.text.prefix(8)) } }

  private func environment() -> SyncEnvironment {
    SyncEnvironment(
      connect: { [unowned self] record in
        let owner = try owner
        let remote = FolderRemote(path: record.url, owner: owner)
        let wire = FaultyRemote(wrap(remote))
        wire.faults.clock = (serverNow ?? now).milliseconds / 1000
        wires.append(wire)
        try disturb(wire, wires.count)
        return Route(wire, isFolder: isFolder, owner: owner)
      },
      now: { [unowned self] in now }, pause: { [unowned self] in pauses.append($0) },
      unlock: { [unowned self] settings, _ in
        guard let key, key.settings == settings else { return nil }
        return key
      })
  }
}
