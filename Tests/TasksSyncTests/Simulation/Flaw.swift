import TasksModel
import TasksRemote

@testable import TasksStore

/// A mistake that syncing could make; the simulation must notice each.
enum Flaw: String, CaseIterable {
  // Done to the remote, by what is between it and the device.

  /// Some bundles are never listed.
  case hidesBundles
  /// Some bundles are said to be there and are not.
  case saysPublished
  /// A name stands for half a file.
  case publishesHalf
  /// A bundle comes under the name of another.
  case mixesFiles
  /// Folding removes a bundle that is in no other.
  case removesMore
  /// Who fills a remote again makes another of it.
  case changesSettings
  /// What came last in a batch is not handed over.
  case losesTheLast

  // Done to the store, after it spoke to a remote.

  /// What is partly held counts as held.
  case forgetsGaps
  /// What could not be sent counts as sent.
  case clearsQueue
  /// Who finds out that it is a copy goes on as before.
  case keepsIdentity
  /// Edits that wait to be sealed go when something is fetched.
  case dropsEdits
  /// What was seen on a remote counts as seen on all.
  case sharesMemory
}

extension Flaw {
  func wrap(_ remote: any Remote) -> any Remote { FlawedRemote(remote, flaw: self) }

  func spoil(_ seat: Seat, isFailed: Bool) throws {
    let connection = seat.store.connection
    switch self {
    case .forgetsGaps: try connection.run("DELETE FROM absent")
    case .clearsQueue where isFailed:
      try connection.run("UPDATE operations SET queued = NULL WHERE change IS NOT NULL")
    case .keepsIdentity: try connection.set("device.id", to: seat.firstDevice.text)
    case .dropsEdits:
      try connection.run(
        "DELETE FROM writes WHERE operation IN (SELECT key FROM operations WHERE change IS NULL)")
      try connection.run("DELETE FROM operations WHERE change IS NULL")
    case .sharesMemory:
      try connection.run(
        """
        INSERT INTO remote_bundles (remote, name, seen_at, is_noted)
        SELECT remotes.key, seen.name, seen.seen_at, 1 FROM remotes
        JOIN (SELECT DISTINCT name, seen_at FROM remote_bundles) AS seen ON true
        WHERE true ON CONFLICT DO NOTHING
        """)
    default: break
    }
  }
}

/// A remote that makes one of the mistakes.
private final class FlawedRemote: Remote {
  private let remote: any Remote
  private let flaw: Flaw

  init(_ remote: any Remote, flaw: Flaw) {
    self.remote = remote
    self.flaw = flaw
  }

  /// One bundle in four.
  private func isAffected(_ name: RemoteName) -> Bool {
    name.text.utf8.reduce(0) { $0 &+ Int($1) } % 4 == 0
  }

  var traffic: Traffic { remote.traffic }

  func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey {
    var survey = try remote.survey(drafting: uploads)
    if let listing = survey.bundles { survey.bundles = spoiled(listing) }
    return survey
  }

  func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing? {
    try remote.list(folder).map(spoiled)
  }

  private func spoiled(_ listing: Listing) -> Listing {
    var listing = listing
    if flaw == .hidesBundles { listing.files.removeAll { isAffected($0.name) } }
    return listing
  }

  func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError) {
    var before: Fetched?
    let last = entries.last?.name
    try remote.fetch(entries, from: folder) { name, fetched in
      if flaw == .losesTheLast, name == last { return true }
      defer { before = fetched }
      if flaw == .mixesFiles, isAffected(name) { return each(name, before ?? .content([1])) }
      return each(name, fetched)
    }
  }

  func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    var uploads = uploads
    if flaw == .saysPublished {
      for upload in uploads where isAffected(upload.name) { each(upload.name, .published) }
      uploads.removeAll { isAffected($0.name) }
    }
    if flaw == .publishesHalf {
      uploads = uploads.map { upload in
        guard isAffected(upload.name) else { return upload }
        return Upload(upload.name) { upload.content().map { Array($0.prefix($0.count / 2)) } }
      }
    }
    try remote.publish(uploads, in: folder, each: each)
  }

  func remove(_ names: [RemoteName], from folder: RemoteFolder) throws(RemoteError) {
    guard flaw == .removesMore else { return try remote.remove(names, from: folder) }
    let all = try remote.list(folder)?.files.map(\.name) ?? []
    try remote.remove(all, from: folder)
  }

  func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError) {
    try remote.setAside(name, in: folder)
  }

  func create(
    settings: [UInt8], folders: [RemoteFolder]
  ) throws(RemoteError) -> [UInt8] {
    guard flaw == .changesSettings else {
      return try remote.create(settings: settings, folders: folders)
    }
    _ = try remote.create(settings: settings + [0x20], folders: folders)
    return settings
  }

  func freeSpace() throws(RemoteError) -> Int64? { try remote.freeSpace() }

  func close() { remote.close() }
}
