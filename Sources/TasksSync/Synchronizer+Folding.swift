import TasksFormat
import TasksModel
import TasksRemote
import TasksStore

/// Keeps the listing of a remote short.
///
/// Any device may fold bundles that it holds: it publishes one that contains many, and removes these much later, when
/// nobody can be in the middle of fetching them. Two that do it at once publish the same.
extension Synchronizer {
  /// With more small bundles of one device than this, they are folded.
  private static let manyBundles = 8
  /// A file of this size or more is left as it is: with what compresses well it is half as full as a bundle can be.
  private static let largeFile = 512 << 10
  /// How long a folded bundle has been there before those in it are removed, on a server and in a folder.
  ///
  /// Whoever syncs a folder with others may get the new file long after the old ones are gone.
  private static let rest: (server: Int64, folder: Int64) = (10 * 60_000, 7 * 24 * 3_600_000)

  /// Tidies up, where the remote lets us: everything that matters has got through by then.
  func tidy(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as RemoteError {
      switch error {
      case .refused, .readOnly, .full, .failed, .missing: return
      default: throw error
      }
    }
  }

  /// Folds, and removes what has been folded.
  func fold(_ catalogue: Catalogue, on remote: any Remote, coding: RemoteCoding) throws {
    guard !options.isDryRun else { return }
    let superseded = catalogue.superseded
    try tidy { try remove(superseded, from: remote, coding: coding) }
    let removable = Set(superseded.map(\.entry.file.name))
    // What this run has sent is folded by a later one.
    var small: [DeviceID: [Catalogue.Entry]] = [:]
    for entry in catalogue.entries where entry.file.size ?? 0 < Self.largeFile {
      if !removable.contains(entry.file.name) {
        small[entry.name.device, default: []].append(entry)
      }
    }
    for (_, bundles) in small where bundles.count > Self.manyBundles {
      try fold(bundles, on: remote, coding: coding)
    }
  }

  /// How long a draft may be one that is still being written, in seconds: ours, and somebody else's.
  private static let draftAge: (own: Int64, others: Int64) = (10 * 60, 7 * 24 * 3600)

  /// Removes drafts that were cut off.
  func removeDrafts(_ survey: Survey, of route: Route) throws {
    guard !options.isDryRun else { return }
    // Our own clock is good enough for our own.
    let clock = survey.clock ?? environment.now().milliseconds / 1000
    let remains = (survey.bundles?.drafts ?? []).filter { draft in
      guard let modified = draft.modified else { return false }
      let isOwn = !route.owner.isEmpty && draft.name.isDraft(of: route.owner)
      guard isOwn || isFolder || survey.clock != nil else { return false }
      return clock - modified > (isOwn ? Self.draftAge.own : Self.draftAge.others)
    }
    if !remains.isEmpty { try route.remote.remove(remains.map(\.name), from: .bundles) }
  }

  /// Publishes bundles that contain the newest of these.
  private func fold(
    _ bundles: [Catalogue.Entry], on remote: any Remote, coding: RemoteCoding
  ) throws {
    var group: [HeldSpan] = []
    var count = 0
    var bytes = 0
    // From the newest back, as long as the next is not larger than all after it: so each change is folded a few times
    // and not each time.
    for entry in bundles.sorted(by: { $0.name.first > $1.name.first }) {
      // What is newest may not be held yet.
      guard let span = entry.span else {
        if group.isEmpty { continue }
        break
      }
      guard !span.device.isForked else { break }
      let size = span.last - span.first + 1
      bytes += entry.file.size ?? Self.largeFile
      if let next = group.last {
        let isFar = span.last + 1 < next.first
        if isFar || size > count && group.count > 1 || bytes > Self.largeFile * 2 { break }
      }
      group.append(span)
      count += size
    }
    guard let parcel = try folded(group, coding: coding) else { return }
    environment.progress(SyncProgress(.folding))
    var isThere = false
    try remote.publish([parcel.upload], in: .bundles) { _, publication in
      isThere = publication != .differs
    }
    guard isThere else { return }
    try store.notePublished(
      [(parcel.name.text, parcel.span)], on: record, at: environment.now())
    report.folded.from += bundles.count { parcel.span.contains($0.name) }
    report.folded.into += 1
  }

  /// One bundle of all these, or of as many of the newest as one can hold; nil if that is not even two.
  ///
  /// It ends where one of them ends, so that it contains each of them or nothing of it.
  private func folded(
    _ group: [HeldSpan], coding: RemoteCoding
  ) throws -> Shipment.Parcel? {
    var group = group
    while group.count > 1, let newest = group.first, let oldest = group.last {
      let whole = HeldSpan(from: oldest, through: newest)
      if let bundle = try store.bundle(of: whole) {
        return try Shipment.Parcel(bundle, whole, coding)
      }
      group.removeLast()
    }
    return nil
  }

  /// Removes bundles whose changes are all in one that has been there for a while and is whole.
  private func remove(
    _ superseded: [(entry: Catalogue.Entry, container: Catalogue.Entry)], from remote: any Remote,
    coding: RemoteCoding
  ) throws {
    guard !superseded.isEmpty else { return }
    let now = environment.now()
    let rest = isFolder ? Self.rest.folder : Self.rest.server
    let seen = try store.seenBundles(on: record)
    var isWhole: [String: Bool] = [:]
    var removable: [RemoteName] = []
    for (entry, container) in superseded {
      let name = container.file.name.text
      guard let known = seen[name], now.milliseconds - known.seenAt.milliseconds >= rest else {
        continue
      }
      // Read now: what was whole once need not be whole still, and soon nothing else will hold its changes.
      if isWhole[name] == nil {
        isWhole[name] = try readBack(container, from: remote, coding: coding)
      }
      if isWhole[name] == true { removable.append(entry.file.name) }
    }
    guard !removable.isEmpty else { return }
    // Where nothing may be removed, it is not tried, and read, each time.
    let read = Array(isWhole.keys)
    try store.note(on: record, appeared: read, gone: read, at: now)
    try remote.remove(removable, from: .bundles)
    report.removed += removable.count
    try store.note(on: record, appeared: [], gone: removable.map(\.text), at: now)
  }

  /// Reads a bundle on the remote, and says whether it is whole.
  private func readBack(
    _ entry: Catalogue.Entry, from remote: any Remote, coding: RemoteCoding
  ) throws -> Bool {
    var found: [UInt8]?
    try remote.fetch([entry.file], from: .bundles) { _, fetched in
      if case .content(let bytes) = fetched { found = bytes }
      return true
    }
    guard let found else { return false }
    report.received.bytes += found.count
    do throws(RemoteFormatError) {
      _ = try coding.decode(found, named: entry.name)
    } catch {
      try skip(entry, error.reasonToSkip, on: remote)
      return false
    }
    try store.noteReading(
      of: [entry.file.name.text], on: record, areWhole: true, at: environment.now())
    return true
  }
}

extension Catalogue {
  /// Bundles that are parts of others, each with one that contains it.
  ///
  /// Only what is held here is judged: then the chain is known to be one. Of two with the same range the one with the
  /// smaller name stays.
  fileprivate var superseded: [(entry: Entry, container: Entry)] {
    var places: [DeviceID: [Int]] = [:]
    for (place, entry) in entries.enumerated() where entry.span?.device.isForked == false {
      places[entry.name.device, default: []].append(place)
    }
    var found: [(entry: Entry, container: Entry)] = []
    for (_, places) in places {
      // Of those that begin no later, the one that reaches furthest.
      var widest: Int?
      for place in places.sorted(by: { Self.precedes(entries[$0], entries[$1]) }) {
        if let container = widest, entries[place].name.last <= entries[container].name.last {
          found.append((entries[place], entries[container]))
        } else {
          widest = place
        }
      }
    }
    return found
  }

  private static func precedes(_ one: Entry, _ other: Entry) -> Bool {
    if one.name.first != other.name.first { return one.name.first < other.name.first }
    if one.name.last != other.name.last { return one.name.last > other.name.last }
    return one.file.name < other.file.name
  }
}

extension HeldSpan {
  /// Whether a bundle of the same device, by its name, is in it.
  fileprivate func contains(_ name: BundleName) -> Bool {
    first <= name.first && name.last <= last
  }
}
