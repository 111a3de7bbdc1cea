/// Lets a thread wait until another one calls it, or for some time.
package final class Bell: @unchecked Sendable {
  // `monitor` guards `isRung`, which is why this is Sendable.
  private let monitor = Monitor()
  private var isRung = false

  package init() {}

  /// Calls whoever waits, or the next one who is about to.
  package func ring() {
    monitor.locked {
      isRung = true
      monitor.change()
    }
  }

  /// Waits until it rings; for ever if no time is given.
  package func wait(atMost milliseconds: Int64?) {
    let end = milliseconds.map { SteadyClock.now + $0 }
    monitor.locked {
      while !isRung {
        guard let end else {
          monitor.wait()
          continue
        }
        let left = end - SteadyClock.now
        guard left > 0 else { break }
        _ = monitor.wait(atMost: left)
      }
      isRung = false
    }
  }
}
