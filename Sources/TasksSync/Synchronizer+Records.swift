import TasksFormat
import TasksModel
import TasksRemote
import TasksStore

extension Synchronizer {
  /// What the remote has; what was found not to be whole, it does not have.
  func catalogue(_ files: [RemoteEntry], _ coding: RemoteCoding) throws -> Catalogue {
    try Catalogue(
      aside.isEmpty ? files : files.filter { !aside.contains($0.name.text) }, of: coding,
      in: store, seen: store.seenBundles(on: record), known)
  }

  /// Bundles that were there the last time and are not listed now.
  func vanished(_ seen: [String: SeenBundle], _ listing: [RemoteEntry]) throws -> [RemoteName] {
    // Mostly none.
    if seen.count == listing.count(where: { seen[$0.name.text] != nil }) { return [] }
    let listed = Set(listing.map(\.name.text))
    return seen.keys.filter { !listed.contains($0) }.compactMap { RemoteName($0) }.sorted()
  }

  /// Whether all that these held is in others that are listed.
  func isCovered(
    _ vanished: [RemoteName], by listing: [RemoteEntry], _ coding: RemoteCoding
  ) throws -> Bool {
    let catalogue = try catalogue(listing, coding)
    let gone = try Catalogue(vanished.map { RemoteEntry($0) }, of: coding, in: store)
    return try gone.entries.allSatisfy { try catalogue.covers($0, in: store) }
  }

  /// Remembers what is there now.
  func remember(_ catalogue: Catalogue, _ seen: [String: SeenBundle]) throws {
    guard !options.isDryRun else { return }
    let appeared = catalogue.entries.map(\.file.name.text).filter { seen[$0] == nil }
    try store.note(on: record, appeared: appeared, gone: [], at: environment.now())
  }

  /// Lets the queue go of what is there.
  func noteHeld(_ catalogue: Catalogue) throws {
    guard !options.isDryRun else { return }
    let seen = try store.seenBundles(on: record)
    let held = catalogue.entries.compactMap { entry -> (name: String, span: HeldSpan)? in
      let name = entry.file.name.text
      guard let span = entry.span, seen[name]?.isNoted != true else { return nil }
      return (name, span)
    }
    try store.notePublished(held, on: record, at: environment.now())
  }

  /// Finds out what the remote had and has no longer, though nothing else there holds it.
  ///
  /// What is held here is sent again; of what is not, all that can be done is to tell.
  func regress(
    _ seen: [String: SeenBundle], _ catalogue: Catalogue, _ coding: RemoteCoding
  ) throws {
    guard !options.isDryRun else { return }
    let vanished = try vanished(seen, catalogue.files)
    guard !vanished.isEmpty else { return }
    let before = try Catalogue(vanished.map { RemoteEntry($0) }, of: coding, in: store)
    var forgotten: [String] = []
    for entry in before.entries {
      let isCovered = try catalogue.covers(entry, in: store)
      if !isCovered, let span = entry.span {
        // Who only fetches cannot mend it, and leaves it to the next who sends.
        guard options.ways.contains(.push) else { continue }
        report.returned.append(.init(name: span.device.name, numbers: span.first...span.last))
      } else if !isCovered {
        report.gone.append(entry.file.name.text)
      }
      forgotten.append(entry.file.name.text)
    }
    report.returned = SyncReport.united(report.returned)
    try store.note(on: record, appeared: [], gone: forgotten, at: environment.now())
  }
}
