extension TaskID {
  /// The id of a task that a client named itself: the same wherever it is asked for (RFC 9562, version 5).
  package init(client: String, name: String) {
    // With its length in front no two pairs are written alike.
    let text = "\(client.utf8.count):\(client)\(name)"
    var bytes = TaskID.namespace
    bytes.append(contentsOf: text.utf8)
    let digest = SHA1.digest(of: bytes)
    func word(_ start: Int) -> UInt64 {
      digest[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
    self.init(
      high: word(0) & 0xffff_ffff_ffff_0fff | 0x5000,
      low: word(8) & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
  }

  /// 5e8f0c2d-6b1a-4f3e-9c7d-2a4b8d6f1e03: made for this, and never changed.
  private static let namespace: [UInt8] = [
    0x5e, 0x8f, 0x0c, 0x2d, 0x6b, 0x1a, 0x4f, 0x3e, 0x9c, 0x7d, 0x2a, 0x4b, 0x8d, 0x6f, 0x1e, 0x03,
  ]
}
