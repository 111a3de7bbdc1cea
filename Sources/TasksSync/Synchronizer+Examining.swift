import TasksFormat
import TasksModel
import TasksRemote
import TasksStore

extension Synchronizer {
  /// Reads every bundle on the remote and says whether they are whole; changes nothing there.
  ///
  /// What is not whole is remembered, so that it does not count as there, and the next push but one sends it again.
  package func examine() throws -> RemoteExamination {
    try persist(examineOnce)
  }

  private func examineOnce() throws -> RemoteExamination {
    let remote = try connect().remote
    defer { remote.close() }
    let survey = try remote.survey(drafting: [])
    guard let coding = try meet(survey, remote) else { throw SyncError.nothingThere }
    let listing = survey.bundles ?? Listing()
    let catalogue = try Catalogue(listing.files, of: coding, in: store)
    var found = RemoteExamination()
    found.drafts = listing.drafts.count
    found.strangers = listing.strangers + listing.files.count - catalogue.entries.count
    found.unheld = catalogue.entries.count { $0.span == nil }
    let outbox = try Outbox(store, lacking: catalogue.coverage, batch: options.batch)
    while try outbox.next() != nil { found.lacking += 1 }
    var entries: [RemoteName: Catalogue.Entry] = [:]
    for entry in catalogue.entries { entries[entry.file.name] = entry }
    var progress = SyncProgress(.receiving)
    progress.ofBundles = entries.count
    try remote.fetch(catalogue.entries.map(\.file), from: .bundles) { name, fetched in
      guard let entry = entries[name] else { return true }
      progress.bundles += 1
      environment.progress(progress)
      switch fetched {
      case .content(let bytes):
        found.bundles += 1
        found.bytes += bytes.count
        progress.bytes += bytes.count
        do throws(RemoteFormatError) {
          found.changes += try coding.decode(bytes, named: entry.name).count
        } catch {
          found.bad.append(.init(name: name.text, reason: error.reasonToSkip))
        }
      case .missing: break
      case .tooLarge: found.bad.append(.init(name: name.text, reason: .notWhole))
      case .failed: found.bad.append(.init(name: name.text, reason: .unreadable))
      }
      return true
    }
    try noteBad(found)
    return found
  }

  private func noteBad(_ found: RemoteExamination) throws {
    let names = found.bad.filter { $0.isNotWhole }.map(\.name)
    let now = environment.now()
    try store.note(on: record, appeared: names, gone: [], at: now)
    try store.noteReading(of: names, on: record, areWhole: false, at: now)
  }
}

extension RemoteFormatError {
  /// Why a bundle's file is left alone.
  var reasonToSkip: SyncReport.Skipped.Reason {
    switch self {
    case .bundle(.newerBundle), .newer: .newer
    case let error where error.isDamage: .notWhole
    default: .undecipherable
    }
  }
}
