import Synchronization
import TasksFiles

/// Where long answers are until their clients have taken them: in files without a name, on the disk of the store.
final class AnswerSpace: Sendable {
  private let folder: String
  private let used = Mutex(0)
  private let limit: Int

  /// - Parameter limit: bytes of all answers at a time.
  init(_ folder: String, limit: Int = 1 << 30) {
    self.folder = folder
    self.limit = limit
  }

  fileprivate func makeFile() throws(FileError) -> ScratchFile { try ScratchFile(in: folder) }

  /// Sets so many bytes aside.
  fileprivate func take(_ count: Int) throws {
    let fits = used.withLock { used in
      guard used + count <= limit else { return false }
      used += count
      return true
    }
    guard fits else {
      throw Problem(.busy, "Too many long answers are on their way.", retryAfter: 1)
    }
  }

  fileprivate func give(_ count: Int) { used.withLock { $0 -= count } }
}

/// A JSON array on its way out, written element by element.
struct ListAnswer: ~Copyable {
  private let space: AnswerSpace
  private var bytes: [UInt8] = [UInt8(ascii: "[")]
  private var isEmpty = true
  private var file: ScratchFile?
  private var inFile = 0
  private var failure: (any Error)?

  /// Answers that are longer go to the disk.
  private static let mostInMemory = HTTPBodyReader.pieceSize

  init(_ space: AnswerSpace) { self.space = space }

  deinit { space.give(inFile) }

  /// Adds an element; if there is no room for it, `body` throws.
  mutating func add(_ append: (inout [UInt8]) -> Void) {
    guard failure == nil else { return }
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    append(&bytes)
    guard bytes.count > Self.mostInMemory else { return }
    do { try writeOut() } catch { failure = error }
  }

  private mutating func writeOut() throws {
    let file = try file ?? space.makeFile()
    self.file = file
    try space.take(bytes.count)
    inFile += bytes.count
    try file.append(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Ends the array.
  consuming func body() throws -> HTTPResponse.Body {
    bytes.append(UInt8(ascii: "]"))
    if file != nil, failure == nil { try writeOut() }
    if let failure { throw failure }
    guard let file else { return .bytes(bytes) }
    let (space, count) = (space, inFile)
    inFile = 0
    return .file(HTTPAnswerFile(file, count: count) { space.give(count) })
  }
}
