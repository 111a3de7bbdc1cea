import Synchronization
import TasksFiles

/// Where long answers are until their clients have taken them: in files without a name on the disk of the store, or, where
/// that has no room, in a few such files that are memory.
final class AnswerSpace: Sendable {
  enum Place {
    case disk
    case memory
  }

  private let folder: String
  private let limits: [Place: Int]
  private let used = Mutex<[Place: Int]>([:])

  /// - Parameters:
  ///   - limit: bytes of all answers at a time.
  ///   - memoryLimit: of those that the disk has no room for.
  init(_ folder: String, limit: Int = 256 << 20, memoryLimit: Int = 16 << 20) {
    self.folder = folder
    limits = [.disk: limit, .memory: memoryLimit]
  }

  func makeFile(in place: Place) throws(FileError) -> ScratchFile {
    switch place {
    case .disk: try ScratchFile(in: folder)
    case .memory: try ScratchFile()
    }
  }

  /// Sets so many bytes aside, if there are as many.
  func take(_ count: Int, in place: Place) -> Bool {
    used.withLock { used in
      guard used[place, default: 0] + count <= limits[place, default: 0] else { return false }
      used[place, default: 0] += count
      return true
    }
  }

  func give(_ count: Int, in place: Place) {
    used.withLock { $0[place, default: 0] -= count }
  }

  /// Whether so many bytes could ever be set aside.
  func holds(_ count: Int, in place: Place) -> Bool {
    count <= limits[place, default: 0]
  }
}
