import Glibc

/// Bytes on their way from one side to the other, in memory that stays where it is.
///
/// libssh2 has to be called again with the same pointer and length once it could not send something, so what it was
/// given last (`offered`) is remembered.
final class Piece {
  private let memory: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var offered = 0

  init(capacity: Int) {
    memory = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { memory.deallocate() }

  var isEmpty: Bool { start == end }
  var hasRoom: Bool { end < memory.count }

  /// Fills the rest with what `fill` puts there, and returns what that returned: how many bytes, or an error.
  func fill(_ fill: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    let count = fill(UnsafeMutableRawBufferPointer(rebasing: memory[end...]))
    if count > 0 { end += count }
    return count
  }

  /// Gives what is there to `take`, which returns how many bytes of it are dealt with, or an error.
  ///
  /// If it was an error, the next call offers the same bytes, and no more.
  func drain(_ take: (UnsafeRawBufferPointer) -> Int) -> Int {
    if offered == 0 { offered = end - start }
    let count = take(UnsafeRawBufferPointer(rebasing: memory[start..<start + offered]))
    if count >= 0 {
      start += count
      offered = 0
    }
    if isEmpty { (start, end) = (0, 0) }
    return count
  }
}
