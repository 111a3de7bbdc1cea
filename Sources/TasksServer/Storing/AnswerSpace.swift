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

  fileprivate func makeFile(in place: Place) throws(FileError) -> ScratchFile {
    switch place {
    case .disk: try ScratchFile(in: folder)
    case .memory: try ScratchFile()
    }
  }

  /// Sets so many bytes aside, if there are as many.
  fileprivate func take(_ count: Int, in place: Place) -> Bool {
    used.withLock { used in
      guard used[place, default: 0] + count <= limits[place, default: 0] else { return false }
      used[place, default: 0] += count
      return true
    }
  }

  fileprivate func give(_ count: Int, in place: Place) {
    used.withLock { $0[place, default: 0] -= count }
  }

  /// Whether so many bytes could ever be set aside.
  fileprivate func holds(_ count: Int, in place: Place) -> Bool {
    count <= limits[place, default: 0]
  }
}

/// A JSON array on its way out, written element by element.
struct ListAnswer: ~Copyable {
  private let space: AnswerSpace
  private var bytes: [UInt8] = [UInt8(ascii: "[")]
  private var isEmpty = true
  private var file: ScratchFile?
  private var place = AnswerSpace.Place.disk
  /// Bytes that were set aside, and those of them that are in the file.
  private var taken = 0
  private var written = 0
  private var failure: (any Error)?

  /// Answers that are longer go to a file.
  private static let longest = HTTPBodyReader.pieceSize

  init(_ space: AnswerSpace) { self.space = space }

  deinit { space.give(taken, in: place) }

  /// Adds an element; if there is no room for it, `body` throws.
  mutating func add(_ append: (inout [UInt8]) -> Void) {
    guard failure == nil else { return }
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    append(&bytes)
    guard bytes.count > Self.longest else { return }
    do { try writeOut() } catch { failure = error }
  }

  private mutating func writeOut() throws {
    guard space.holds(taken + bytes.count, in: place) else {
      throw Problem(
        place == .disk ? .validation : .diskFull,
        "The list is too long for one answer: ask for pages, with limit.")
    }
    guard space.take(bytes.count, in: place) else {
      throw Problem(.busy, "Too many long answers are on their way.", retryAfter: 1)
    }
    taken += bytes.count
    do throws(FileError) {
      try append()
    } catch {
      try moveToMemory(because: error)
      try append()
    }
  }

  private mutating func append() throws(FileError) {
    let file: ScratchFile
    if let known = self.file { file = known } else { file = try space.makeFile(in: place) }
    self.file = file
    try file.append(bytes)
    written += bytes.count
    bytes.removeAll(keepingCapacity: true)
  }

  /// When the disk is full, people want to see what they have.
  private mutating func moveToMemory(because failure: FileError) throws(FileError) {
    guard place == .disk, space.take(taken, in: .memory) else { throw failure }
    space.give(taken, in: .disk)
    place = .memory
    let memory = try space.makeFile(in: .memory)
    if let file {
      for start in stride(from: 0, to: written, by: Self.longest) {
        var piece = [UInt8](repeating: 0, count: min(Self.longest, written - start))
        guard piece.withUnsafeMutableBytes({ file.read(at: start, into: $0) }) else {
          throw failure
        }
        try memory.append(piece)
      }
    }
    file = memory
  }

  /// Ends the array.
  consuming func body() throws -> HTTPResponse.Body {
    bytes.append(UInt8(ascii: "]"))
    if file != nil, failure == nil { try writeOut() }
    if let failure { throw failure }
    guard let file else { return .bytes(bytes) }
    let (space, place, count) = (space, place, taken)
    taken = 0
    return .file(HTTPAnswerFile(file, count: count) { space.give(count, in: place) })
  }
}
