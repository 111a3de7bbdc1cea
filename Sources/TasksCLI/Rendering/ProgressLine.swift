import Glibc
import TasksFiles
import TasksProgram
import TasksSync

/// A line on the terminal that says how far something has got, and goes when it has got there.
final class ProgressLine {
  private let isShown: Bool
  private let columns: Int
  private var began = ContinuousClock.now
  private var last: ContinuousClock.Instant?
  private var isWritten = false

  /// Who waits less than this need not be told.
  private static let patience = Duration.milliseconds(400)
  private static let pause = Duration.milliseconds(100)

  /// - Parameter isShown: whether somebody watches, on a terminal.
  init(isShown: Bool, columns: Int) {
    self.isShown = isShown
    self.columns = columns
  }

  func show(_ progress: SyncProgress) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if case .waiting = progress.phase {
      // Nothing else is said before this is over.
      write(text(of: progress, after: now - began))
      return
    }
    show { text(of: progress, after: now - began) }
  }

  /// Shows a text, if it is time to.
  func show(_ text: () -> String) {
    guard isShown else { return }
    let now = ContinuousClock.now
    guard now - began >= Self.patience, last.map({ now - $0 >= Self.pause }) ?? true else { return }
    last = now
    write(text())
  }

  /// Takes the line away.
  func clear() {
    if isWritten { write("") }
    isWritten = false
  }

  /// Begins anew, after somebody was asked something: what they took to answer is not what it takes.
  func restart() {
    clear()
    began = ContinuousClock.now
  }

  private func write(_ text: String) {
    let line = "\r\u{1B}[K" + text.prefix(max(0, columns - 1))
    try? Descriptor.write(
      Array(line.utf8).span.bytes, to: STDERR_FILENO, path: "standard error")
    isWritten = true
  }

  private func text(of progress: SyncProgress, after time: Duration) -> String {
    let verb: String
    switch progress.phase {
    case .connecting: return "Connecting …"
    case .folding: return "Folding …"
    case .waiting(let milliseconds):
      return "No luck; again in \(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    case .receiving: verb = "Receiving"
    case .sending: verb = "Sending"
    }
    guard progress.bytes > 0 else { return "\(verb) …" }
    let total = progress.ofBundles.map { " of \($0)" } ?? ""
    let seconds = max(1, time.components.seconds)
    return "\(verb) \(progress.bundles)\(total) bundles, \(ByteCount.text(progress.bytes)), "
      + "\(ByteCount.text(progress.bytes / Int(seconds)))/s"
  }
}
