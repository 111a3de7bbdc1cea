import TasksFormat
import TasksModel
import TasksRemote
import TasksStore

extension Synchronizer {
  /// How long a file that is not whole may be one that somebody is still writing.
  static let patience: Int64 = 10 * 60_000

  /// Bundles that have been fetched, and are taken in together.
  private struct Basket {
    var bundles: [(entry: Catalogue.Entry, bytes: [UInt8])] = []
    var size = 0

    var isFull: Bool { bundles.count >= 16 || size >= 4 << 20 }
  }

  /// Fetches and takes in what is not held; returns what is there now, in terms of what is held then.
  ///
  /// Who only sends fetches nothing but changes under this device's own id: if there are some, its store was copied.
  func receive(
    _ catalogue: Catalogue, from remote: any Remote, coding: RemoteCoding
  ) throws -> Catalogue {
    let own = coding.device(try store.ownDevice)
    var catalogue = catalogue
    var hasListedAgain = false
    bad = []
    let first = try firstOperation ?? store.nextOperation()
    firstOperation = first
    // Also what came before it failed.
    defer { report.future = (try? future(since: first)) ?? report.future }
    while true {
      let wanted = catalogue.wanted(besides: tried).filter {
        options.ways.contains(.pull) || $0.name.device == own
      }
      let received = report.received.changes
      let missing = try fetch(wanted, from: remote, coding: coding)
      guard !options.isDryRun else { break }
      if !wanted.isEmpty { catalogue = try self.catalogue(catalogue.files, coding) }
      let isIncomplete =
        try !missing.isEmpty || report.received.changes > received && store.missing().count > 0
      if isIncomplete, !hasListedAgain {
        hasListedAgain = true
        tried.subtract(missing)
        let listing = try remote.list(.bundles)?.files ?? []
        catalogue = try self.catalogue(listing, coding)
        try remember(catalogue, store.seenBundles(on: record))
      } else if wanted.isEmpty {
        break
      }
    }
    return catalogue
  }

  private func future(since first: Int64) throws(StoreError) -> [(name: String, count: Int)] {
    try store.operations(
      since: first, after: environment.now().adding(milliseconds: Self.tolerance))
  }

  /// Fetches bundles and takes them in; returns those that had gone meanwhile.
  private func fetch(
    _ wanted: [Catalogue.Entry], from remote: any Remote, coding: RemoteCoding
  ) throws -> Set<String> {
    guard !wanted.isEmpty else { return [] }
    guard !options.isDryRun else {
      for entry in wanted {
        report.received.bundles += 1
        report.received.changes += entry.name.last - entry.name.first + 1
        report.received.bytes += entry.file.size ?? 0
        tried.insert(entry.file.name.text)
      }
      return []
    }
    var entries: [RemoteName: Catalogue.Entry] = [:]
    for entry in wanted { entries[entry.file.name] = entry }
    var progress = SyncProgress(.receiving)
    progress.ofBundles = wanted.count
    environment.progress(progress)
    var missing: Set<String> = []
    var basket = Basket()
    var failure: (any Error)?
    let interruption = attempt { () throws(RemoteError) in
      try remote.fetch(wanted.map(\.file), from: .bundles) { name, fetched in
        guard let entry = entries[name] else { return true }
        do {
          switch fetched {
          case .content(let bytes):
            report.received.bytes += bytes.count
            progress.bundles += 1
            progress.bytes += bytes.count
            environment.progress(progress)
            try open(bytes, entry, coding, into: &basket)
          case .missing:
            missing.insert(name.text)
            tried.insert(name.text)
          case .tooLarge:
            bad.append((entry, .bundle(.bundle(.tooLarge(limit: FormatLimits.bundle)))))
          case .failed: try skip(entry, .unreadable, on: remote)
          }
          if basket.isFull { try takeIn(&basket) }
          return true
        } catch {
          failure = error
          return false
        }
      }
    }
    // What got through is taken in whatever happened then.
    if failure == nil { try takeIn(&basket) }
    if let failure = failure ?? interruption { throw failure }
    // What a remote is silent about is not asked for over and over.
    for entry in wanted { tried.insert(entry.file.name.text) }
    try skipBad(on: remote)
    return missing
  }

  /// Puts a bundle into the basket if its file is what its name says.
  private func open(
    _ bytes: [UInt8], _ entry: Catalogue.Entry, _ coding: RemoteCoding, into basket: inout Basket
  ) throws {
    do throws(RemoteFormatError) {
      let bundle = try coding.open(bytes, named: entry.name)
      basket.bundles.append((entry, bundle))
      basket.size += bundle.count
    } catch {
      bad.append((entry, error))
    }
  }

  private func takeIn(_ basket: inout Basket) throws {
    let bundles = basket.bundles
    basket = Basket()
    guard !bundles.isEmpty else { return }
    let now = environment.now()
    let (intake, failures) = try store.takeIn(bundles.count, at: now) {
      IncomingBundle(bundles[$0].bytes, origin: .init(bundles[$0].entry.file.name.text, on: record))
    }
    report.intake.add(intake)
    report.received.changes += intake.count
    report.received.bundles += bundles.count - failures.count
    tried.formUnion(bundles.map(\.entry.file.name.text))
    for failure in failures {
      guard let error = failure.error as? FormatError else { throw failure.error }
      bad.append((bundles[failure.index].entry, .bundle(error)))
    }
  }

  /// Tells of what could not be used, once the conversation is free for it.
  private func skipBad(on remote: any Remote) throws {
    let all = bad
    bad = []
    for (entry, error) in all {
      // What this machine could not do is nobody's fault there.
      if case .bundle(let error) = error, error.isOurs { throw error }
      try skip(entry, error.reasonToSkip, on: remote)
    }
  }

  /// Leaves a file alone; one that has not been whole for long is put aside, so that somebody who holds it sends it again.
  func skip(
    _ entry: Catalogue.Entry, _ reason: SyncReport.Skipped.Reason, on remote: any Remote
  ) throws {
    let name = entry.file.name.text
    tried.insert(name)
    var reason = reason
    if case .notWhole = reason, !options.isDryRun {
      let now = environment.now()
      let since = try store.seenBundles(on: record)[name]?.badAt
      try store.noteReading(of: [name], on: record, areWhole: false, at: now)
      if let since, now.milliseconds - since.milliseconds >= Self.patience,
        try isSetAside(entry.file.name, on: remote)
      {
        try store.note(on: record, appeared: [], gone: [name], at: now)
        aside.insert(name)
        reason = .setAside
      }
    }
    report.skipped.append(.init(name: name, reason: reason))
  }

  /// Puts a file aside; false if that may not be done there, which is no reason not to use the others.
  private func isSetAside(_ name: RemoteName, on remote: any Remote) throws(RemoteError) -> Bool {
    do throws(RemoteError) {
      try remote.setAside(name, in: .bundles)
      return true
    } catch {
      switch error {
      // Another device was faster.
      case .missing: return true
      case .refused, .readOnly, .failed: return false
      default: throw error
      }
    }
  }

  /// Runs it, and returns how it failed.
  private func attempt(_ body: () throws(RemoteError) -> Void) -> RemoteError? {
    do throws(RemoteError) {
      try body()
      return nil
    } catch {
      return error
    }
  }
}

extension FormatError {
  /// Whether it is about this machine and not about the bytes.
  fileprivate var isOurs: Bool {
    switch self {
    case .file, .noMemory: true
    case .line, .bundle, .newerBundle: false
    }
  }
}
