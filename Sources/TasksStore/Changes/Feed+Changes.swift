import TasksFiles
import TasksFormat

extension Feed<ChangePortion> {
  /// From which size on a bundle's file is worth a thread.
  private static var smallestShared: Int { 32 << 10 }
  /// How long the lines of what was read and is not used up may be before reading waits; one more portion comes to it.
  private static var ahead: Int { 256 << 10 }

  /// Starts to read a bundle's file; `hash` is the start of its SHA-256, where its name states it.
  ///
  /// Decompressing, hashing and reading lines is a third of the work of taking changes in, and needs nothing of the
  /// store. That the bundle is sound is known only when all of it was read.
  convenience init(_ bytes: [UInt8], hash: String?) {
    self.init(limit: Self.ahead, isAhead: bytes.count >= Self.smallestShared) { give in
      var portions = try ChangePortions(bytes, hash: hash)
      while let portion = try portions.next(), try give(portion, portion.length) {}
    }
  }
}
