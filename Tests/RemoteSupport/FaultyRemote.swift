package import TasksRemote

/// A remote that goes wrong as told, around one that works.
///
/// Every call counts, and within a batch every file, so that a test can let each moment fail in turn: count the calls of a
/// run without a fault, then run it once for each.
package final class FaultyRemote: Remote {
  /// What goes wrong.
  package struct Faults {
    /// The call that fails, counted from 1, and those after it, as after a cut connection.
    package var failingCall: Int?
    /// Whether the call that fails has its effect all the same: the answer to it was lost.
    package var afterTheFact = false
    package var error = RemoteError.ended(ServerEnding(ending: nil, hadAnswered: true))
    /// Files of which only so many bytes arrive.
    package var cutShort: [RemoteName: Int] = [:]
    /// Names that are listed and not there, as in a listing that took a while.
    package var stale: [RemoteName] = []
    /// Names that are there and not listed.
    package var hidden: Set<RemoteName> = []
    /// Lists in another order.
    package var isReordering = false
    /// What the server's clock says, in seconds since 1970, where it tells the time at all.
    package var clock: Int64?
    /// Runs when the call that fails does: whoever is killed then leaves what is there at that moment.
    package var whenFailing: () -> Void = {}
    /// Hears of every file that is sent, drafts included.
    package var watch: (Upload) -> Void = { _ in }

    package init() {}
  }

  package var faults: Faults
  /// How many calls there have been.
  package private(set) var calls = 0
  private let remote: any Remote
  private var isBroken = false

  package init(_ remote: any Remote, faults: Faults = Faults()) {
    self.remote = remote
    self.faults = faults
  }

  package var traffic: Traffic { remote.traffic }

  package func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey {
    for upload in uploads { faults.watch(upload) }
    var survey = try call { () throws(RemoteError) in try remote.survey(drafting: uploads) }
    survey.bundles = survey.bundles.map(disturbed)
    if survey.clock != nil, let clock = faults.clock { survey.clock = clock }
    return survey
  }

  package func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing? {
    try call { () throws(RemoteError) in try remote.list(folder) }.map(disturbed)
  }

  package func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError) {
    for entry in entries {
      var fetched: Fetched?
      try call { () throws(RemoteError) in
        try remote.fetch([entry], from: folder) { _, it in
          fetched = it
          return true
        }
      }
      if case .content(let content) = fetched, let count = faults.cutShort[entry.name] {
        fetched = .content(Array(content.prefix(count)))
      }
      guard let fetched, each(entry.name, fetched) else { return }
    }
  }

  package func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    if uploads.isEmpty {
      return try call { () throws(RemoteError) in try remote.publish([], in: folder) { _, _ in } }
    }
    for upload in uploads {
      faults.watch(upload)
      var publication: Publication?
      try call { () throws(RemoteError) in
        try remote.publish([upload], in: folder) { publication = $1 }
      }
      if let publication { each(upload.name, publication) }
    }
  }

  package func remove(_ names: [RemoteName], from folder: RemoteFolder) throws(RemoteError) {
    for name in names {
      try call { () throws(RemoteError) in try remote.remove([name], from: folder) }
    }
  }

  package func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError) {
    try call { () throws(RemoteError) in try remote.setAside(name, in: folder) }
  }

  package func create(
    settings: [UInt8], folders: [RemoteFolder]
  ) throws(RemoteError) -> [UInt8] {
    try call { () throws(RemoteError) in try remote.create(settings: settings, folders: folders) }
  }

  package func freeSpace() throws(RemoteError) -> Int64? {
    try call { () throws(RemoteError) in try remote.freeSpace() }
  }

  package func close() { remote.close() }

  private func call<Result>(
    _ body: () throws(RemoteError) -> Result
  ) throws(RemoteError) -> Result {
    calls += 1
    guard !isBroken else { throw faults.error }
    guard calls == faults.failingCall else { return try body() }
    isBroken = true
    defer { faults.whenFailing() }
    if faults.afterTheFact { _ = try body() }
    throw faults.error
  }

  private func disturbed(_ listing: Listing) -> Listing {
    var listing = listing
    listing.files.removeAll { faults.hidden.contains($0.name) }
    listing.files += faults.stale.map { RemoteEntry($0) }
    if faults.isReordering { listing.files.reverse() }
    return listing
  }
}
