import TasksFiles
import TasksFormat

/// The changes of a bundle for whoever takes them in, read ahead by a thread of its own.
///
/// Decompressing, hashing and reading lines is a third of the work of taking them in, and needs nothing of the store.
final class ChangeFeed {
  /// From which size on a file is worth a thread.
  private static let smallestShared = 32 << 10
  /// How long the lines of what was read and is not used up may be before reading waits; one more portion comes to it.
  private static let ahead = 256 << 10

  private let bytes: [UInt8]
  private let hash: String?
  private let handover = Handover<ChangePortion>(limit: ahead)
  private var worker: Worker?

  /// Starts to read a bundle's file; `hash` is the start of its SHA-256, where its name states it.
  init(_ bytes: [UInt8], hash: String?) {
    self.bytes = bytes
    self.hash = hash
    guard bytes.count >= Self.smallestShared else { return }
    let handover = handover
    worker = Worker {
      handover.finish(Result { try Self.read(bytes, hash) { handover.put($0, weight: $0.length) } })
    }
  }

  deinit { handover.abandon() }

  /// Calls `body` with one portion after the other.
  ///
  /// That the bundle is sound is known only when this returns.
  func each(_ body: (ChangePortion) throws -> Void) throws {
    guard worker != nil else {
      try Self.read(bytes, hash) { portion in
        try body(portion)
        return true
      }
      return
    }
    while let portion = try handover.take() { try body(portion) }
  }

  /// Reads to the end, or until `body` says that it wants no more.
  private static func read(
    _ bytes: [UInt8], _ hash: String?, _ body: (ChangePortion) throws -> Bool
  ) throws {
    var portions = try ChangePortions(bytes, hash: hash)
    while let portion = try portions.next(), try body(portion) {}
  }
}
