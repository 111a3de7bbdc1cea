import TasksFormat
import TasksModel
import TasksRemote
package import TasksStore

/// Exchanges changes between a store and one of its remotes.
///
/// It looks at what is there, fetches what is not held here and sends what is not there. Nothing on the remote is ever
/// replaced, and what is there needs nobody's permission, so any number of devices may do this at once.
///
/// What gets through stays through: whoever is cut off begins again with what is still missing.
package final class Synchronizer {
  let store: Store
  let options: SyncOptions
  let environment: SyncEnvironment
  /// What is known of the remote here.
  package internal(set) var record: RemoteRecord
  /// What has come of it so far, also if it failed.
  package internal(set) var report = SyncReport()
  /// What bundles on the remote are here.
  var known = KnownBundles()
  /// Bundles that need not be asked for again.
  var tried: Set<String> = []
  /// Bundles that could not be used, to be told of.
  var bad: [(entry: Catalogue.Entry, error: RemoteFormatError)] = []
  /// Bundles that were set aside in this run.
  var aside: Set<String> = []
  /// The key that the first operation gets that comes in.
  var firstOperation: Int64?
  private var transport: SSHTransport?
  /// Whether the remote is a folder, which somebody may sync with others.
  private(set) var isFolder = false

  /// How often it is tried in all.
  package static let attempts = 3

  package init(
    _ store: Store, with record: RemoteRecord, _ options: SyncOptions,
    in environment: SyncEnvironment
  ) {
    self.store = store
    self.record = record
    self.options = options
    self.environment = environment
  }

  /// Does it; what passes by itself is tried again.
  package func run() throws {
    try persist { try talk() }
    guard !options.isDryRun else { return }
    try store.noteSuccess(
      on: record, pushed: options.ways.contains(.push), pulled: options.ways.contains(.pull),
      at: environment.now())
  }

  /// Has a conversation: again where what ended it may pass, and with OpenSSH where our own client cannot do it.
  func persist<Result>(_ conversation: () throws -> Result) throws -> Result {
    var attempt = 1
    while true {
      do {
        return try conversation()
      } catch let error as RemoteError {
        let problem = problem(error)
        if let problem, problem.fallsBackToOpenSSH, try fallBack(because: problem) { continue }
        guard problem?.isTransient ?? error.isTransient, attempt < Self.attempts else {
          throw SyncError.remote(error, problem, attempts: attempt)
        }
        // A second, then two; not all devices at the same moment.
        let pause = 1_000 << (attempt - 1)
        let wait = pause + Int.random(in: 0...pause / 2)
        environment.progress(SyncProgress(.waiting(milliseconds: wait)))
        environment.pause(wait)
        attempt += 1
      }
    }
  }

  /// Goes on with OpenSSH where our own client cannot do what the server needs; false if it was not that one.
  private func fallBack(because problem: ConnectionProblem) throws -> Bool {
    guard transport == .own, record.transport == nil else { return false }
    try store.setTransport(of: record, to: SSHTransport.openSSH.rawValue)
    guard let changed = try store.remote(record.name) else { return false }
    record = changed
    report.fallback = problem
    return true
  }

  /// Finds the way to the remote.
  func connect() throws -> Route {
    let route = try environment.connect(record)
    transport = route.transport
    isFolder = route.isFolder
    return route
  }

  /// What the end of a connection means; nil for any other error.
  func problem(_ error: RemoteError) -> ConnectionProblem? {
    guard case .ended(let ending) = error else { return nil }
    if let transport { return ConnectionProblem(ending, of: transport) }
    // A command that never answered will not do so in a second either.
    return ending.hadAnswered ? .lost(said: ending.errors) : .unknown(said: ending.errors)
  }

  /// A conversation from beginning to end.
  private func talk() throws {
    environment.progress(SyncProgress(.connecting))
    known = KnownBundles()
    let route = try connect()
    let remote = route.remote
    defer {
      report.turns += remote.traffic.turns
      remote.close()
    }
    let seen = try store.seenBundles(on: record)
    var shipment = try predictedShipment(seen)
    var survey = try remote.survey(drafting: shipment?.uploads ?? [])
    var coding = try meet(survey, remote)
    // Of a remote that is there somebody may have removed the folder of bundles, or the keys.
    let isComplete = coding != nil && survey.bundles != nil && !options.refills
    if !isComplete, options.ways.contains(.push), !options.isDryRun {
      // What will be there again under a name need not be what was there.
      if survey.settings == nil { try store.doubtBundles(on: record, at: environment.now()) }
      try create(on: remote)
      survey = try remote.survey(drafting: shipment?.uploads ?? [])
      coding = try meet(survey, remote)
    }
    guard let coding else {
      guard options.isDryRun, options.ways.contains(.push) else { throw SyncError.nothingThere }
      // The place is to be made first.
      return try send(lacking: Coverage(), to: remote, coding: knownCoding ?? .plain)
    }
    var listing = survey.bundles?.files ?? []
    let vanished = try vanished(seen, listing)
    if !vanished.isEmpty, try !isCovered(vanished, by: listing, coding) {
      // A listing is not a snapshot: what is in neither of two is gone.
      listing = Self.united(listing, try remote.list(.bundles)?.files ?? [])
    }
    var catalogue = try catalogue(listing, coding)
    try remember(catalogue, seen)
    catalogue = try receive(catalogue, from: remote, coding: coding)
    try noteHeld(catalogue)
    try regress(seen, catalogue, coding)
    guard options.ways.contains(.push) else { return }
    if shipment?.coding != coding || shipment?.coverage != catalogue.coverage { shipment = nil }
    try send(
      lacking: catalogue.coverage, to: remote, coding: coding, prepared: shipment,
      clock: survey.clock)
    try tidy { try fold(catalogue, on: remote, coding: coding) }
    try tidy { try removeDrafts(survey, of: route) }
  }

  /// Two listings as one.
  private static func united(_ one: [RemoteEntry], _ other: [RemoteEntry]) -> [RemoteEntry] {
    let names = Set(one.map(\.name))
    return one + other.filter { !names.contains($0.name) }
  }
}

extension RemoteError {
  /// Whether it may go better in a moment.
  ///
  /// Who was silent for as long as we wait has had its chance.
  fileprivate var isTransient: Bool {
    if case .failed = self { true } else { false }
  }
}
