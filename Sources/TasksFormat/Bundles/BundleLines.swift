import Glibc

/// The lines of a bundle one after the other, in memory that does not depend on how many there are.
struct BundleLines {
  private let decompressor: Decompressor
  private var buffer: [UInt8]
  /// What of the buffer has been decompressed and not been handed out.
  private var rest = 0..<0
  /// How many lines have been handed out.
  private(set) var number = 0

  private static let piece = 256 << 10

  init(_ bytes: [UInt8]) throws(FormatError) {
    decompressor = try Decompressor(bytes)
    buffer = [UInt8](repeating: 0, count: Self.piece)
  }

  /// Returns the next line without its line feed, or nil after the last one.
  mutating func next() throws(FormatError) -> [UInt8]? {
    var searched = rest.lowerBound
    while true {
      if let feed = Self.lineFeed(in: buffer, searched..<rest.upperBound) {
        guard feed - rest.lowerBound <= FormatLimits.line else { throw tooLong() }
        let line = Array(buffer[rest.lowerBound..<feed])
        rest = (feed + 1)..<rest.upperBound
        number += 1
        return line
      }
      guard rest.count <= FormatLimits.line else { throw tooLong() }
      searched = rest.count
      guard !decompressor.isAtEnd else {
        guard rest.isEmpty else {
          throw .line(.noLineFeed, number: number + 1, offset: rest.count)
        }
        return nil
      }
      makeRoom()
      try fill()
    }
  }

  private func tooLong() -> FormatError {
    .line(.tooLong(limit: FormatLimits.line), number: number + 1, offset: FormatLimits.line)
  }

  /// Moves the started line to the front; a buffer that one line fills grows, a few times at most.
  private mutating func makeRoom() {
    let started = rest.count
    if rest.lowerBound > 0 {
      let range = rest
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        base.copyMemory(from: base + range.lowerBound, byteCount: started)
      }
    }
    rest = 0..<started
    if buffer.count - started < Self.piece {
      buffer.append(contentsOf: repeatElement(0, count: buffer.count))
    }
  }

  private mutating func fill() throws(FormatError) {
    let start = rest.upperBound
    let count = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(FormatError) -> Int in
      let room = UnsafeMutableBufferPointer(rebasing: bytes[start...])
      return try decompressor.read(into: UnsafeMutableRawBufferPointer(room))
    }
    rest = rest.lowerBound..<(start + count)
  }

  private static func lineFeed(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, !range.isEmpty,
        let found = memchr(base + range.lowerBound, 0x0A, range.count)
      else { return nil }
      return UnsafeRawPointer(base).distance(to: found)
    }
  }
}
