extension SFTPRemote {
  package func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError) {
    let client = try connected()
    try adoptLimits()
    // Those opened, those of them that were asked for, and what these weigh: each a step behind the one before.
    var files: [IncomingFile] = []
    var opened = 0
    var asked = 0
    for index in entries.indices {
      while opened < entries.count, opened - index < RemoteLimits.drafts {
        let entry = entries[opened]
        files.append(
          try IncomingFile(
            path(entry.name, in: folder), size: entry.size, limit: RemoteLimits.fileSize,
            from: client))
        opened += 1
      }
      while asked < opened,
        asked == index || files.reduce(0, { $0 + $1.weight }) < RemoteLimits.lookahead
      {
        try files[asked - index].ask(pieces: piece)
        asked += 1
      }
      let file = files.removeFirst()
      let fetched = try outcome(of: file)
      guard each(entries[index].name, fetched) else {
        for file in files { try file.discard() }
        return
      }
    }
  }

  /// Waits for a file.
  ///
  /// What ends the connection is thrown; the rest concerns this file alone.
  private func outcome(of file: IncomingFile) throws(RemoteError) -> Fetched {
    do throws(RemoteError) {
      let content = try file.content(pieces: piece)
      return content.count > RemoteLimits.fileSize ? .tooLarge : .content(content)
    } catch {
      if error.endsConnection { throw error }
      if case .missing = error { return .missing }
      return .failed(error)
    }
  }
}
