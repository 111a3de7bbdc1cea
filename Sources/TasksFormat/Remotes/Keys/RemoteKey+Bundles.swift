package import TasksModel

extension RemoteKey {
  /// Seals a bundle of one device's changes; the caller knows that it holds these.
  ///
  /// No two files are the same, even of one bundle: each has random bytes of its own.
  package func seal(
    _ bundle: [UInt8], device: DeviceID, first: Int, last: Int, tip: ChangeID
  ) throws(RemoteFormatError) -> [UInt8] {
    guard !bundle.isEmpty else { throw .bundle(.bundle(.empty)) }
    guard bundle.count <= RemoteLimits.sealedBundle else {
      throw .bundle(.bundle(.tooLarge(limit: RemoteLimits.sealedBundle)))
    }
    let header = SealedHeader(
      remote: remote, key: id, device: hiddenDevice(device), first: first, last: last,
      tip: hiddenTip(tip))
    return SealedBundle.seal(bundle, header: header, key: bundles)
  }

  /// Gives back the bundle of a file, of which only those with the key can have made the bytes.
  ///
  /// In the order of what costs least and trusts least: size, the name's hash, the header against the name and this
  /// key, and then piece by piece. The bundle itself is yet to be checked: it may be of another device, and of a writer
  /// who has the key and errs.
  package func open(
    _ file: [UInt8], named name: BundleName
  ) throws(RemoteFormatError) -> [UInt8] {
    guard file.count <= RemoteLimits.fileSize else {
      throw .bundle(.bundle(.tooLarge(limit: RemoteLimits.fileSize)))
    }
    guard !file.isEmpty else { throw .bundle(.bundle(.empty)) }
    let digest = Digest(of: file)
    guard UTF8Order.areEqual(digest.short, name.hash) else {
      throw .bundle(.bundle(.wrongHash(expected: name.hash, found: digest)))
    }
    let header = try SealedHeader(reading: file)
    guard header.remote == remote else { throw .otherRemote(header.remote) }
    guard header.key == id else { throw .otherKey(header.key) }
    guard header == SealedHeader(name: name, key: self) else { throw .misnamed }
    return try SealedBundle.open(file, key: bundles)
  }
}
