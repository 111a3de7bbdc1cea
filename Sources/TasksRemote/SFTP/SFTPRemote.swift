/// A remote behind a command that speaks SFTP on its standard input and output.
///
/// What a push needs takes three turns, for one file or for a hundred:
///
/// 1. the greeting; open `tasks-remote.json`, the folder, and all drafts;
/// 2. read the first two; write, sync and close the drafts;
/// 3. once all that has been answered: rename the drafts, sync the folder.
package final class SFTPRemote: Remote {
  /// How to get to the server.
  package struct Server: Sendable {
    /// The words of the command; the first is a path.
    package var command: [String]
    package var environment: [String: String]
    /// The remote's folder, as the server knows it: from the home folder unless it begins with `/`; empty for that folder.
    package var path: String
    package var patience: Patience

    package init(
      command: [String], environment: [String: String] = [:], path: String,
      patience: Patience = Patience()
    ) {
      self.command = command
      self.environment = environment
      self.path = path
      self.patience = patience
    }
  }

  let server: Server
  /// Digits that our drafts begin with.
  let owner: String
  /// Drafts in `bundles/` that `survey` began.
  var begun: [OutgoingFile] = []
  private var client: SFTPClient?
  private var isClosed = false
  private var limits: SFTPClient.Ticket?
  /// How much is read and written at once.
  private(set) var piece = SFTPRemote.smallestPiece
  /// The folder of the drafts, opened to be synced.
  var bundlesToSync: SFTPClient.Ticket?

  /// Every server takes so much at once (section 3 of the draft).
  private static let smallestPiece = 32 << 10
  /// With more than this there is nothing to be gained.
  private static let largestPiece = 128 << 10

  package init(_ server: Server, owner: String = "") {
    self.server = server
    self.owner = owner
  }

  deinit { close() }

  package var traffic: Traffic {
    guard let client else { return Traffic() }
    return Traffic(turns: client.turns, sent: client.sent, received: client.received)
  }

  package func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey {
    let client = try connected()
    try discardBegun()
    let settings = try IncomingFile(
      path(WellKnown.settings), size: nil, limit: RemoteLimits.settingsSize, from: client)
    let bundles = try IncomingListing(path(.bundles), from: client)
    for upload in uploads.prefix(RemoteLimits.drafts) {
      begun.append(
        try OutgoingFile(upload, in: path(.bundles), owner: owner, to: client))
    }

    try settings.ask(pieces: piece)
    let isThere = try bundles.ask()
    if limits == nil, try offers(.limits) { limits = try client.send(.limits) }
    if !begun.isEmpty, bundlesToSync == nil { bundlesToSync = try openToSync(path(.bundles)) }
    var ahead = 0
    for (index, draft) in begun.enumerated() where ahead < RemoteLimits.ahead {
      try draft.write(pieces: piece, syncing: offers(.sync), timing: index == 0)
      ahead += draft.size
    }

    var survey = Survey(settings: nil, bundles: nil)
    survey.settings = try content(of: settings, at: path(WellKnown.settings))
    if isThere { survey.bundles = try bundles.finish() }
    survey.clock = try begun.first?.clock()
    return survey
  }

  package func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing? {
    let listing = try IncomingListing(path(folder), from: connected())
    guard try listing.ask() else { return nil }
    return try listing.finish()
  }

  package func remove(_ names: [RemoteName], from folder: RemoteFolder) throws(RemoteError) {
    let client = try connected()
    var tickets: [(RemoteName, SFTPClient.Ticket)] = []
    for name in names {
      tickets.append((name, try client.send(.remove(path(name, in: folder)))))
    }
    var failure: RemoteError?
    for (name, ticket) in tickets {
      let status = try client.status(ticket)
      if !status.isOK, status.code != SFTPStatus.noSuchFile {
        failure = failure ?? status.error(about: path(name, in: folder))
      }
    }
    if let failure { throw try explained(failure) }
  }

  package func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError) {
    let client = try connected()
    let path = path(name, in: folder)
    var status = try client.status(client.send(.rename(path, path + WellKnown.damaged)))
    if !status.isOK, status.code != SFTPStatus.noSuchFile {
      // An older one may be in the way.
      client.forget(try client.send(.remove(path + WellKnown.damaged)))
      status = try client.status(client.send(.rename(path, path + WellKnown.damaged)))
    }
    if !status.isOK { throw try explained(status.error(about: path)) }
    for draft in begun where draft.path == path { try draft.lookAgain() }
  }

  package func freeSpace() throws(RemoteError) -> Int64? { try space()?.free }

  package func close() {
    guard !isClosed else { return }
    isClosed = true
    try? discardBegun()
    client?.close()
  }

  // MARK: Parts

  func connected() throws(RemoteError) -> SFTPClient {
    guard !isClosed else { throw .closed }
    if let client { return client }
    let client = try SFTPClient(
      command: server.command, environment: server.environment, patience: server.patience)
    self.client = client
    return client
  }

  /// What `tasks-remote.json` says; nil if it is not there.
  func content(of settings: IncomingFile, at path: String) throws(RemoteError) -> [UInt8]? {
    let client = try connected()
    defer { client.turn = max(client.turn, settings.turn) }
    do throws(RemoteError) {
      let content = try settings.content(pieces: piece)
      guard content.count <= RemoteLimits.settingsSize else { throw .tooLarge(path) }
      return content
    } catch {
      guard case .missing = error else { throw error }
      return nil
    }
  }

  /// An extension of OpenSSH's that a server may offer.
  enum Extension: String {
    case limits = "limits@openssh.com"
    case sync = "fsync@openssh.com"
    case space = "statvfs@openssh.com"
  }

  func offers(_ name: Extension) throws(RemoteError) -> Bool {
    try connected().extensions().contains(name.rawValue)
  }

  /// Uses what the server said about its limits, if that is here.
  func adoptLimits() throws(RemoteError) {
    guard let limits, let client, client.isAnswered(limits) else { return }
    self.limits = nil
    guard case .extended(var reader) = try client.reply(limits), let packet = reader.uint64(),
      let read = reader.uint64(), let write = reader.uint64()
    else { return }
    // A zero says that there is no limit. The packet has to hold the rest of it, too.
    let sizes: [UInt64] = [read, write, packet > 1024 ? packet - 1024 : 0]
    let least = sizes.filter { $0 > 0 }.min() ?? 0
    piece = Int(min(max(least, UInt64(Self.smallestPiece)), UInt64(Self.largestPiece)))
  }

  /// The remote's folder itself.
  var root: String { server.path.isEmpty ? "." : server.path }

  func path(_ name: String) -> String {
    guard let last = server.path.utf8.last else { return name }
    return last == UInt8(ascii: "/") ? server.path + name : server.path + "/" + name
  }

  func path(_ folder: RemoteFolder) -> String { path(folder.rawValue) }

  func path(_ name: RemoteName, in folder: RemoteFolder) -> String {
    path(folder) + "/" + name.text
  }
}
