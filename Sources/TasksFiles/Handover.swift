import Glibc

/// Where one thread puts what another takes, in order, with a limit to what there is of it at any time.
///
/// Swift's `Mutex` comes without a condition to wait for, so these are those of POSIX. One condition is enough: there
/// is never anything to be taken and nothing too much, so the two threads never both wait.
package final class Handover<Element: Sendable>: @unchecked Sendable {
  // `lock` guards all that is variable, which is why this is Sendable; `changed` is signalled when who waits may go on.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// What was put and not taken yet, the first last.
  private var waiting: [(element: Element, weight: Int)] = []
  /// The weight of all that waits, and of what was taken last, which is in use.
  private var weight = 0
  private var weightInUse = 0
  /// What was taken last, and what was used up since something was put.
  private var inUse: Element?
  private var usedUp: [Element] = []
  private let limit: Int
  /// Nobody takes any more.
  private var isAbandoned = false
  /// Nothing is put any more, and why.
  private var end: Result<Void, any Error>?

  /// - Parameter limit: from which weight on whoever puts something has to wait, until half of it is used up: to wake
  ///   each other for every single element would cost more than many of them are worth.
  package init(limit: Int) {
    self.limit = limit
    lock.initialize(to: pthread_mutex_t())
    changed.initialize(to: pthread_cond_t())
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Puts something, and waits until there is room for more; false if nobody takes it any more.
  ///
  /// What was used up is freed here, by the thread that made it: that is less work there, and more for who takes.
  package func put(_ element: Element, weight added: Int) -> Bool {
    var freed: [Element] = []
    return locked {
      swap(&freed, &usedUp)
      waiting.insert((element, added), at: 0)
      weight += added
      pthread_cond_signal(changed)
      if weight >= limit {
        while weight > limit / 2, !isAbandoned { pthread_cond_wait(changed, lock) }
      }
      return !isAbandoned
    }
  }

  /// Says that nothing will be put any more, because that was all or because of an error.
  package func finish(_ end: Result<Void, any Error>) {
    locked {
      self.end = end
      pthread_cond_signal(changed)
    }
  }

  /// Takes the next, waiting for it; nil after the last.
  ///
  /// What was taken before is in use no longer.
  package func take() throws -> Element? {
    try locked {
      weight -= weightInUse
      weightInUse = 0
      if let used = inUse.take() { usedUp.append(used) }
      if weight <= limit / 2 { pthread_cond_signal(changed) }
      // Who has to wait anyway may as well free it.
      if waiting.isEmpty { usedUp.removeAll() }
      while waiting.isEmpty, end == nil { pthread_cond_wait(changed, lock) }
      guard let next = waiting.popLast() else {
        try end?.get()
        return nil
      }
      weightInUse = next.weight
      inUse = next.element
      return next.element
    }
  }

  /// Takes the next if there is one now.
  package func takeIfThere() -> Element? {
    locked {
      guard let next = waiting.popLast() else { return nil }
      weight -= weightInUse
      if let used = inUse.take() { usedUp.append(used) }
      weightInUse = next.weight
      inUse = next.element
      return next.element
    }
  }

  /// Says that nothing will be taken any more.
  package func abandon() {
    locked {
      isAbandoned = true
      pthread_cond_signal(changed)
    }
  }

  private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body()
  }
}
