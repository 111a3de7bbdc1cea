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
      // Whoever waits for one waits for all that were opened with it, but not for those opened later.
      while asked < opened {
        let file = files[asked - index]
        let isTimely = file.openingTurn <= files[0].openingTurn || file.isAnswered
        let isLight = files.reduce(0) { $0 + $1.weight } < RemoteLimits.lookahead
        guard asked == index || isTimely && isLight else { break }
        try file.ask(pieces: piece)
        asked += 1
      }
      let file = files.removeFirst()
      let fetched = try outcome(of: file)
      client.turn = max(client.turn, file.turn)
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
