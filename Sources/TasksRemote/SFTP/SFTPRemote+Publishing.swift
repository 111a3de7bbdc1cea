extension SFTPRemote {
  /// How many are told at a time.
  private static let atOnce = 500

  package func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    var drafts = try adopted(uploads, in: folder)
    try adoptLimits()
    var rest = uploads[...]
    while !rest.isEmpty {
      let directory = try directoryToSync(folder)
      let files = try written(Array(rest.prefix(Self.atOnce)), in: path(folder), from: &drafts)
      try finish(files, syncing: directory, each: each)
      rest = rest.dropFirst(Self.atOnce)
    }
  }

  /// Publishes in any folder.
  func publish(
    _ uploads: [Upload], at path: String, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    let directory = try openToSync(path)
    var drafts: [RemoteName: OutgoingFile] = [:]
    try finish(written(uploads, in: path, from: &drafts), syncing: directory, each: each)
  }

  /// Writes files, those before it and after it on their way with each.
  ///
  /// Each is named as soon as the answers to it are here: so what got through before a connection is cut stays, and yet
  /// a hundred take no more turns than one. Stops at the first failure.
  private func written(
    _ uploads: [Upload], in folder: String, from drafts: inout [RemoteName: OutgoingFile]
  ) throws(RemoteError) -> [OutgoingFile] {
    let client = try connected()
    let syncing = try offers(.sync)
    let start = client.turn
    defer { client.turn = start }
    var files: [OutgoingFile] = []
    var named = 0
    for index in uploads.indices {
      while files.count < uploads.count, files.count - index < RemoteLimits.drafts {
        let upload = uploads[files.count]
        if let draft = drafts.removeValue(forKey: upload.name) {
          files.append(draft)
          continue
        }
        // It waits for the one that had its place among those open.
        let before = files.count - RemoteLimits.drafts
        if before >= 0 { client.turn = max(client.turn, files[before].turn) }
        files.append(try OutgoingFile(upload, in: folder, owner: owner, to: client))
      }
      if !files[index].isWritten {
        try files[index].write(pieces: piece, syncing: syncing, timing: false)
      }
      while named <= index, files[named].isAnswered {
        try files[named].name()
        named += 1
      }
      // A draft that has failed is not passed over, so that nothing after it is begun in vain.
      if case .failed = files[index].state { break }
      if named <= index, case .failed = files[named].state { break }
      if named > 0, case .failed = files[named - 1].state { break }
    }
    return files
  }

  /// Waits for all of them, tells those that got through, and throws what kept the first that did not.
  private func finish(
    _ files: [OutgoingFile], syncing directory: SFTPClient.Ticket?,
    each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    let client = try connected()
    for file in files where file.isWritten { try file.name() }
    // The server does one after the other, so this covers the renames before it.
    var syncing: SFTPClient.Ticket?
    if let directory, case .handle(let handle) = try client.reply(directory) {
      syncing = try client.send(.sync(handle))
      client.forget(try client.send(.close(handle)))
    }
    for file in files {
      try file.settle()
      client.turn = max(client.turn, file.turn)
    }
    // Not every server can sync a folder, and none says why it did not.
    if let syncing { _ = try client.reply(syncing) }

    var failure: (error: RemoteError, needed: Int)?
    for file in files {
      switch file.state {
      case .named: each(file.upload.name, .published)
      case .taken:
        let (publication, error) = try compare(file)
        if let publication { each(file.upload.name, publication) }
        if let error { failure = failure ?? (error, file.size) }
        try file.discard()
      case .failed(let error):
        failure = failure ?? (error, file.size)
        try file.discard()
      case .writing, .naming: try file.discard()
      }
    }
    if let failure { throw try explained(failure.error, needed: failure.needed) }
  }

  /// Looks at what has the name that a file was to get.
  private func compare(
    _ file: OutgoingFile
  ) throws(RemoteError) -> (Publication?, RemoteError?) {
    guard let content = file.upload.content() else { return (nil, .unreadable(file.upload.name)) }
    let client = try connected()
    let other = try IncomingFile(
      file.path, size: content.count, limit: content.count, from: client)
    defer { client.turn = max(client.turn, other.turn) }
    do throws(RemoteError) {
      try other.ask(pieces: piece)
      return (try other.content(pieces: piece) == content ? .wasThere : .differs, nil)
    } catch {
      if error.endsConnection { throw error }
      // Nothing was in the way, so the renaming failed for a reason of its own.
      if case .missing = error, let status = file.renamed {
        return (nil, status.error(about: file.path))
      }
      return (nil, error)
    }
  }

  /// The drafts that `survey` began, by name; those that are not wanted any more are removed.
  private func adopted(
    _ uploads: [Upload], in folder: RemoteFolder
  ) throws(RemoteError) -> [RemoteName: OutgoingFile] {
    let wanted = folder == .bundles ? Set(uploads.map(\.name)) : []
    var drafts: [RemoteName: OutgoingFile] = [:]
    let begun = self.begun
    self.begun = []
    for draft in begun {
      if wanted.contains(draft.upload.name), drafts[draft.upload.name] == nil {
        drafts[draft.upload.name] = draft
      } else {
        try draft.discard()
      }
    }
    return drafts
  }

  /// Removes the drafts that `survey` began.
  func discardBegun() throws(RemoteError) {
    let begun = self.begun
    self.begun = []
    for draft in begun { try draft.discard() }
  }

  /// The open folder, from `survey` or opened now.
  private func directoryToSync(_ folder: RemoteFolder) throws(RemoteError) -> SFTPClient.Ticket? {
    if folder == .bundles, let opened = bundlesToSync {
      bundlesToSync = nil
      return opened
    }
    return try openToSync(path(folder))
  }

  /// Opens a folder as if it were a file, which is the only kind of handle that OpenSSH syncs; nil if that has no use.
  func openToSync(_ path: String) throws(RemoteError) -> SFTPClient.Ticket? {
    guard try offers(.sync) else { return nil }
    return try connected().send(.open(path, .read))
  }
}
