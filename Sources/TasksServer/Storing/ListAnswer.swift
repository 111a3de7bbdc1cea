import TasksFiles

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
