extension SFTPRemote {
  /// What `statvfs@openssh.com` tells about the disk that the remote is on.
  struct Space {
    let free: Int64
    let isReadOnly: Bool
  }

  /// Nil if the server does not tell.
  func space() throws(RemoteError) -> Space? {
    let client = try connected()
    guard try offers(.space) else { return nil }
    guard case .extended(var reader) = try client.reply(client.send(.space(root))) else {
      return nil
    }
    // bsize, frsize, blocks, bfree, bavail, files, ffree, favail, fsid, flag, namemax
    var numbers: [UInt64] = []
    while numbers.count < 11 {
      guard let number = reader.uint64() else {
        throw client.fail(.violation(.malformed(type: SFTPReply.Kind.extended.rawValue)))
      }
      numbers.append(number)
    }
    return Space(
      free: Int64(clamping: numbers[1].multipliedSaturating(by: numbers[4])),
      isReadOnly: numbers[9] & 1 != 0)
  }

  /// A failure with its cause, where the server gave none and the disk shows one.
  ///
  /// `needed` bytes were to be written.
  func explained(_ error: RemoteError, needed: Int = 0) throws(RemoteError) -> RemoteError {
    guard case .failed(let path, _) = error, let space = try space() else { return error }
    if space.isReadOnly { return .readOnly(path) }
    // Room is kept for the file system's own needs.
    return space.free < Int64(needed) + (64 << 10) ? .full(path) : error
  }
}
