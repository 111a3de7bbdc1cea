extension SFTPRemote {
  package func create(
    settings: [UInt8], folders: [RemoteFolder]
  ) throws(RemoteError) -> [UInt8] {
    try makeFolders(folders)
    // It may have been opened before it was there.
    bundlesToSync = nil
    if let there = try self.settings() { return there }
    guard let name = RemoteName(WellKnown.settings) else { throw .missing(WellKnown.settings) }
    var isOurs = false
    try publish([Upload(name) { settings }], at: root) { isOurs = $1 != .differs }
    if isOurs { return settings }
    // Somebody was faster.
    guard let there = try self.settings() else {
      throw .missing(path(WellKnown.settings))
    }
    return there
  }

  /// Makes the remote's folder, those above it and those in it, as far as they are missing.
  private func makeFolders(_ folders: [RemoteFolder]) throws(RemoteError) {
    let client = try connected()
    var tickets: [SFTPClient.Ticket] = []
    for path in Self.foldersAbove(server.path) {
      tickets.append(try client.send(.makeFolder(path)))
    }
    var wanted: [(path: String, making: SFTPClient.Ticket, looking: SFTPClient.Ticket)] = []
    for folder in folders {
      let path = path(folder)
      wanted.append(
        (path, try client.send(.makeFolder(path)), try client.send(.stat(path))))
    }
    // One that is there cannot be made; that is no failure, and there is no telling it from one.
    for ticket in tickets { client.forget(ticket) }
    for folder in wanted {
      let made = try client.status(folder.making)
      guard case .attributes(let attributes) = try client.reply(folder.looking) else {
        throw try explained(made.error(about: folder.path))
      }
      if attributes.mayBePlainFile, attributes.mode != nil { throw .notPlain(folder.path) }
    }
  }

  /// `a/b/c` → `a`, `a/b`, `a/b/c`.
  static func foldersAbove(_ path: String) -> [String] {
    var folders: [String] = []
    var current = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      current += part
      folders.append(current)
      current += "/"
    }
    return folders
  }

  private func settings() throws(RemoteError) -> [UInt8]? {
    let path = path(WellKnown.settings)
    let file = try IncomingFile(
      path, size: nil, limit: RemoteLimits.settingsSize, from: connected())
    try file.ask(pieces: piece)
    return try content(of: file, at: path)
  }
}
