import Glibc

/// What a program writes on the side, of which a part is kept, however much it writes.
struct Collected {
  enum Part {
    case start, end
  }

  let keeps: Part
  var descriptor: Int32 = -1
  private var bytes: [UInt8] = []
  private static let most = 16 << 10

  init(keeps: Part) {
    self.keeps = keeps
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Takes in what is there, without waiting; at most so much that a program that never stops does not hold us.
  mutating func collect() {
    guard descriptor >= 0 else { return }
    for _ in 0..<16 {
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 0) > 0 else { return }
      var piece = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return close() }
      bytes.append(contentsOf: piece.prefix(count))
      if bytes.count > Self.most {
        switch keeps {
        case .start: bytes.removeLast(bytes.count - Self.most)
        case .end: bytes.removeFirst(bytes.count - Self.most)
        }
      }
    }
  }

  mutating func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }
}
