import TasksFiles

/// A body that is too long to be kept in memory until its client has taken it.
package final class HTTPAnswerFile: Sendable {
  let count: Int
  private let file: ScratchFile
  private let whenGone: @Sendable () -> Void

  /// - Parameter whenGone: called when nobody needs it any more.
  init(
    _ file: ScratchFile, count: Int, whenGone: @escaping @Sendable () -> Void
  ) {
    self.file = file
    self.count = count
    self.whenGone = whenGone
  }

  deinit { whenGone() }

  func read(at start: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    file.read(at: start, into: buffer)
  }
}
