import Synchronization

/// A thread that makes calls which may never come back, for somebody who gives up on them.
///
/// A call about a file on a network disk whose server is gone holds its thread in the kernel, and nothing that a program can
/// do frees it. So another thread makes the call. Whoever has it made does nothing meanwhile but wait, and answers what it
/// asks: one of the two runs at any time, so what they share needs no lock. Whoever gives up never hears of it again; the
/// thread ends when the system lets it go, or with the process.
package final class Deputy: @unchecked Sendable {
  // `monitor` guards all that is variable, which is why this is Sendable; it tells when that was changed.
  private let monitor = Monitor()
  private var state = State.idle
  /// What is to be done, or came of it; what is asked, or was answered.
  private var job: (() -> Any)?
  private var content: Any?
  package let pulse: Pulse

  private enum State {
    case idle, working, asking, done, over
  }

  /// So many may be held in the kernel at once: each has a stack.
  private static let mostHeld = 4
  /// How many are.
  private static let held = Atomic<Int>(0)

  /// Starts the thread; nil if too many are held already, or there are no more.
  ///
  /// - Parameter patience: milliseconds after which one that shows no sign of life is given up.
  package init?(patience: Int) {
    pulse = Pulse(patience: patience)
    guard Self.held.load(ordering: .relaxed) < Self.mostHeld, Worker.start({ self.work() }) else {
      return nil
    }
  }

  /// Has something done and waits for it; nil if there was no sign of life for too long, and ever after.
  ///
  /// - Parameters:
  ///   - body: runs in the other thread, perhaps long after this has returned; what it asks is answered here.
  package func perform<Question, Answer, Value>(
    asking: (Question) -> Answer,
    _ body: @escaping (_ ask: @escaping (Question) -> Answer?) -> Value
  ) -> Value? {
    monitor.locked {
      guard state == .idle else { return nil }
      job = { body { self.ask($0) as? Answer } }
      become(.working)
      while true {
        switch state {
        case .done:
          state = .idle
          return content.take() as? Value
        case .asking:
          guard let question = content.take() as? Question else { return nil }
          content = monitor.unlocked { asking(question) }
          become(.working)
        case .idle, .working, .over:
          guard wait() else {
            state = .over
            pulse.isOver.store(true, ordering: .relaxed)
            Self.held.add(1, ordering: .relaxed)
            return nil
          }
        }
      }
    }
  }

  private func become(_ state: State) {
    self.state = state
    monitor.change()
  }

  /// Has something done that asks nothing.
  package func perform<Value>(_ body: @escaping () -> Value) -> Value? {
    perform(asking: { (_: Never) -> Never in }) { _ in body() }
  }

  /// Ends the thread, which does nothing now.
  package func end() {
    monitor.locked { if state == .idle { become(.over) } }
  }

  /// Waits for a change; false if there was none, and no sign of life, for too long.
  ///
  /// Time is counted in short waits, so that a process that was stopped for an hour has not waited for one.
  private func wait() -> Bool {
    let before = state
    var beats = pulse.beats.load(ordering: .relaxed)
    var waited = 0
    while state == before {
      let patience = pulse.patience.load(ordering: .relaxed)
      let slice = max(1, min(1000, patience / 8))
      guard !monitor.wait(atMost: Int64(slice)), state == before else { continue }
      let now = pulse.beats.load(ordering: .relaxed)
      waited = now == beats ? waited + slice : 0
      beats = now
      if waited >= patience { return false }
    }
    return true
  }

  // MARK: In the other thread

  private func work() {
    monitor.locked {
      while true {
        while state == .idle || state == .done { monitor.wait() }
        var next = job.take()
        guard state == .working, next != nil else { break }
        let value = monitor.unlocked {
          // All that it holds is freed here, too, as that may be a call of the same kind.
          defer { next = nil }
          return next?()
        }
        guard state == .working else { break }
        content = value
        become(.done)
      }
    }
    if pulse.isOver.load(ordering: .relaxed) { Self.held.subtract(1, ordering: .relaxed) }
  }

  private func ask(_ question: Any) -> Any? {
    monitor.locked {
      guard state == .working else { return nil }
      content = question
      become(.asking)
      while state == .asking { monitor.wait() }
      return content.take()
    }
  }
}

extension Deputy {
  /// Signs of life, given by whoever is about to make a call that may take its time.
  package final class Pulse: Sendable {
    fileprivate let beats = Atomic<Int>(0)
    fileprivate let patience: Atomic<Int>
    fileprivate let isOver = Atomic<Bool>(false)
    private let usual: Int

    /// A call that has the disk write may take that many times longer: something else may write there, too.
    private static let factor = 4

    init(patience: Int) {
      usual = patience
      self.patience = Atomic(patience)
    }

    /// Says that a call is about to be made; false if nobody waits for it any more.
    package func beat(isLong: Bool = false) -> Bool {
      patience.store(isLong ? usual * Self.factor : usual, ordering: .relaxed)
      beats.add(1, ordering: .relaxed)
      return !isOver.load(ordering: .relaxed)
    }
  }
}
