import CSodium
package import TasksFiles
import TasksModel

/// A SHA-256: what changes and bundle files are named by.
package struct Digest: Hashable, Sendable {
  // The 32 bytes as four big-endian words: no heap, and the words' hexadecimal digits in order are the text.
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// Hashes bytes that are all in memory.
  package init(of bytes: UnsafeBufferPointer<UInt8>) {
    Sodium.prepare()
    self.init { _ = crypto_hash_sha256($0, bytes.baseAddress, UInt64(bytes.count)) }
  }

  package init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBufferPointer { Digest(of: $0) }
  }

  /// Hashes a file from where it stands to its end, a piece at a time.
  package init(ofFile path: String) throws(FileError) {
    let file = try FileHandle(path, flags: FileHandle.forReading)
    var stream = DigestStream()
    while true {
      let piece = try file.readPiece(upTo: 1 << 16)
      guard !piece.isEmpty else { break }
      stream.update(piece)
    }
    self = stream.finish()
  }

  /// Reads 64 lowercase hexadecimal digits; nil if the text is anything else.
  package init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64, digits.allSatisfy(Hexadecimal.isLowercase) else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (position, digit) in digits.enumerated() {
      words[position / 16] = words[position / 16] << 4 | UInt64(Hexadecimal.value(of: digit) ?? 0)
    }
    (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
  }

  fileprivate init(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    (first, second, third, fourth) = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4) {
      words in
      words.initialize(repeating: 0)
      words.withMemoryRebound(to: UInt8.self) { bytes in
        if let start = bytes.baseAddress { fill(start) }
      }
      return (words[0].bigEndian, words[1].bigEndian, words[2].bigEndian, words[3].bigEndian)
    }
  }

  /// The 32 bytes as four numbers, the first digits first.
  package var words: (UInt64, UInt64, UInt64, UInt64) { (first, second, third, fourth) }

  /// The 64 lowercase hexadecimal digits.
  package var text: String {
    String(unsafeUninitializedCapacity: 64) { digits in
      Hexadecimal.write(first, to: digits, at: 0)
      Hexadecimal.write(second, to: digits, at: 16)
      Hexadecimal.write(third, to: digits, at: 32)
      Hexadecimal.write(fourth, to: digits, at: 48)
      return 64
    }
  }

  /// The first 32 digits: what file names on a remote carry.
  package var short: String { String(text.prefix(32)) }
}

/// A SHA-256 of bytes that come in pieces.
package struct DigestStream {
  private var state = crypto_hash_sha256_state()

  package init() {
    Sodium.prepare()
    crypto_hash_sha256_init(&state)
  }

  package mutating func update(_ piece: [UInt8]) {
    crypto_hash_sha256_update(&state, piece, UInt64(piece.count))
  }

  /// The digest of everything so far; nothing may be added after it.
  package mutating func finish() -> Digest {
    Digest { crypto_hash_sha256_final(&state, $0) }
  }
}

/// The library behind hashes.
enum Sodium {
  /// What `sodium_init` said; a global is made once, whichever thread asks first.
  private static let status = sodium_init()

  /// Has libsodium choose its code for this processor before it is used.
  ///
  /// A failure would mean that it found no random numbers, which hashing does not need.
  @inline(__always)
  static func prepare() { _ = status }
}
