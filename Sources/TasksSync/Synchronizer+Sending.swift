import TasksFormat
import TasksModel
import TasksRemote
package import TasksStore

extension Synchronizer {
  /// How far a clock may be ahead of another, in milliseconds.
  static let tolerance: Int64 = 5 * 60_000

  /// What is likely to be sent, so that a remote can begin with it before it has said what it has; nil if nothing is.
  func predictedShipment(_ seen: [String: SeenBundle]) throws -> Shipment? {
    guard options.ways.contains(.push), !options.isDryRun else { return nil }
    // Nothing is sent in clear to a place that may turn out to be an encrypted remote.
    guard let coding = try knownCoding else { return nil }
    let coverage = try Self.coverage(seen, coding, in: store, known)
    return try Shipment(store, lacking: coverage, coding, batch: options.batch)
  }

  /// What a remote is known to have, without asking it.
  package static func knownCoverage(of record: RemoteRecord, in store: Store) throws -> Coverage {
    guard let bytes = record.settings,
      let coding = coding(of: try RemoteSettings(reading: bytes), record)
    else { return Coverage() }
    return try coverage(store.seenBundles(on: record), coding, in: store)
  }

  private static func coverage(
    _ seen: [String: SeenBundle], _ coding: RemoteCoding, in store: Store,
    _ known: KnownBundles = KnownBundles()
  ) throws -> Coverage {
    let files = seen.values.lazy.filter { $0.badAt == nil }
      .compactMap { RemoteName($0.name) }.map { RemoteEntry($0) }
    return try Catalogue(Array(files), of: coding, in: store, seen: seen, known).coverage
  }

  /// Sends what the remote lacks.
  ///
  /// - Parameters:
  ///   - prepared: what was prepared before the remote said what it has, if that was right.
  ///   - clock: the server's clock, in seconds since 1970.
  func send(
    lacking coverage: Coverage, to remote: any Remote, coding: RemoteCoding,
    prepared: Shipment? = nil, clock: Int64? = nil
  ) throws {
    let shipment =
      try prepared ?? Shipment(store, lacking: coverage, coding, batch: options.batch)
    var clock = clock
    var progress = SyncProgress(.sending)
    while !shipment.load.isEmpty {
      if options.isDryRun {
        for parcel in shipment.load { count(parcel) }
      } else {
        if clock == nil { clock = try self.clock(of: remote, sending: shipment) }
        if let clock { try checkClock(shipment.load, against: clock) }
        try publish(shipment.load, on: remote, &progress)
      }
      try shipment.next()
    }
    // Drafts that nothing came of go now.
    if !options.isDryRun { try remote.publish([], in: .bundles) { _, _ in } }
  }

  /// The server's clock where nothing was begun that would have told it, as on a remote that was never seen before; nil
  /// where it does not matter.
  private func clock(of remote: any Remote, sending shipment: Shipment) throws -> Int64? {
    let own = try store.ownDevice
    guard !options.isDryRun, !options.allowsFuture,
      shipment.load.contains(where: { $0.span.device.id == own })
    else { return nil }
    return try remote.survey(drafting: shipment.uploads).clock
  }

  private func publish(
    _ load: [Shipment.Parcel], on remote: any Remote, _ progress: inout SyncProgress
  ) throws {
    environment.progress(progress)
    var parcels: [RemoteName: Shipment.Parcel] = [:]
    for parcel in load { parcels[parcel.name] = parcel }
    var through: [(name: String, span: HeldSpan)] = []
    var same: [String] = []
    var differing: [Shipment.Parcel] = []
    var failure: RemoteError?
    do throws(RemoteError) {
      try remote.publish(load.map(\.upload), in: .bundles) {
        name, publication in
        guard let parcel = parcels[name] else { return }
        switch publication {
        case .published:
          count(parcel)
          through.append((name.text, parcel.span))
        case .wasThere:
          through.append((name.text, parcel.span))
          same.append(name.text)
        case .differs: differing.append(parcel)
        }
        progress.bundles += 1
        progress.bytes += parcel.bytes.count
        environment.progress(progress)
      }
    } catch {
      failure = error
    }
    // What got through is known whatever happened then.
    let now = environment.now()
    try store.notePublished(through, on: record, at: now)
    try store.noteReading(of: same, on: record, areWhole: true, at: now)
    if let failure { throw failure }
    for parcel in differing { try replace(parcel, on: remote) }
  }

  private func count(_ parcel: Shipment.Parcel) {
    report.sent.bundles += 1
    report.sent.changes += parcel.changes
    report.sent.bytes += parcel.bytes.count
  }

  /// Deals with a file that has the name of ours and is another: it was cut off, or is still being written.
  private func replace(_ parcel: Shipment.Parcel, on remote: any Remote) throws {
    guard let name = BundleName(parcel.name.text) else { return }
    let now = environment.now()
    try store.note(on: record, appeared: [parcel.name.text], gone: [], at: now)
    let entry = Catalogue.Entry(file: RemoteEntry(parcel.name), name: name, span: parcel.span)
    let skipped = report.skipped.count
    try skip(entry, .notWhole, on: remote)
    guard report.skipped.count > skipped, case .setAside = report.skipped.last?.reason else {
      return
    }
    var isThrough = false
    try remote.publish([parcel.upload], in: .bundles) { _, publication in
      isThrough = publication != .differs
    }
    guard isThrough else { return }
    count(parcel)
    try store.notePublished([(parcel.name.text, parcel.span)], on: record, at: now)
  }

  /// Throws if edits of this device are later than the server's clock allows: then its clock, most likely, is wrong.
  private func checkClock(_ load: [Shipment.Parcel], against clock: Int64) throws {
    guard !options.allowsFuture else { return }
    let own = try store.ownDevice
    let server = Instant(milliseconds: clock * 1000)
    for parcel in load where parcel.span.device.id == own {
      let ahead = try store.latestReading(in: parcel.span).milliseconds - server.milliseconds
      guard ahead <= Self.tolerance else {
        throw SyncError.clockAhead(milliseconds: ahead, server: server)
      }
    }
  }
}
