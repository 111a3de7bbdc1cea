import TasksRemote
package import TasksStore

/// Keeps the connection to a remote from one sync to the next.
package final class KeptRoute {
  private let find: (RemoteRecord) throws -> Route
  private var kept: (url: String, route: Route, remote: KeptRemote)?

  package init(_ find: @escaping (RemoteRecord) throws -> Route) { self.find = find }

  /// The connection there is, or a new one.
  package func route(to record: RemoteRecord) throws -> Route {
    if let kept, kept.url == record.url, kept.remote.isUsable {
      kept.remote.begin()
      return kept.route
    }
    kept?.remote.end()
    kept = nil
    let found = try find(record)
    // A folder costs nothing to open, and held open it would keep a stick from being taken out.
    guard !found.isFolder else { return found }
    let remote = KeptRemote(found.remote)
    let route = Route(remote, over: found.transport, isFolder: found.isFolder, owner: found.owner)
    kept = (record.url, route, remote)
    return route
  }

  /// Ends the connection.
  package func end() {
    kept?.remote.end()
    kept = nil
  }
}

/// A remote that is not closed by those who use it.
private final class KeptRemote: Remote {
  private let remote: any Remote
  private(set) var isUsable = true
  /// Whether it has answered since it was last begun with; before that, silence may mean that it is long gone.
  private var isFresh = true
  private var before = Traffic()

  init(_ remote: any Remote) { self.remote = remote }

  /// Counts anew what it costs.
  func begin() {
    before = remote.traffic
    isFresh = false
  }

  func end() { remote.close() }

  var traffic: Traffic {
    let all = remote.traffic
    return Traffic(
      turns: all.turns - before.turns, sent: all.sent - before.sent,
      received: all.received - before.received)
  }

  func close() {
    // What was begun and not finished goes.
    try? publish([], in: .bundles) { _, _ in }
  }

  private func watched<Result>(
    _ body: () throws(RemoteError) -> Result
  ) throws(RemoteError) -> Result {
    do throws(RemoteError) {
      let result = try body()
      isFresh = true
      return result
    } catch {
      if error.endsConnection { isUsable = false }
      // Worth another try, over a new connection.
      if !isFresh, case .timedOut = error {
        throw .ended(ServerEnding(ending: nil, hadAnswered: true))
      }
      throw error
    }
  }

  func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey {
    try watched { () throws(RemoteError) in try remote.survey(drafting: uploads) }
  }

  func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing? {
    try watched { () throws(RemoteError) in try remote.list(folder) }
  }

  func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError) {
    try watched { () throws(RemoteError) in try remote.fetch(entries, from: folder, each: each) }
  }

  func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    try watched { () throws(RemoteError) in
      try remote.publish(uploads, in: folder, each: each)
    }
  }

  func remove(_ names: [RemoteName], from folder: RemoteFolder) throws(RemoteError) {
    try watched { () throws(RemoteError) in try remote.remove(names, from: folder) }
  }

  func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError) {
    try watched { () throws(RemoteError) in try remote.setAside(name, in: folder) }
  }

  func create(settings: [UInt8], folders: [RemoteFolder]) throws(RemoteError) -> [UInt8] {
    try watched { () throws(RemoteError) in
      try remote.create(settings: settings, folders: folders)
    }
  }

  func freeSpace() throws(RemoteError) -> Int64? {
    try watched { () throws(RemoteError) in try remote.freeSpace() }
  }
}
