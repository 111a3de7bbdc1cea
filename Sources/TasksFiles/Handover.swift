/// Where one thread puts what another takes, in order, with a limit to what there is of it at any time.
///
/// One condition is enough: there is never nothing to be taken and too much of it, so the two threads never both wait.
package final class Handover<Element: Sendable>: @unchecked Sendable {
  // `monitor` guards all that is variable, which is why this is Sendable; it tells of changes when who waits may go on.
  private let monitor = Monitor()
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
  package init(limit: Int) { self.limit = limit }

  /// Puts something, and waits until there is room for more; false if nobody takes it any more.
  ///
  /// What was used up is freed here, by the thread that made it: that is less work there, and more for who takes.
  package func put(_ element: Element, weight added: Int) -> Bool {
    free()
    return monitor.locked {
      waiting.insert((element, added), at: 0)
      weight += added
      monitor.change()
      if weight >= limit {
        while weight > limit / 2, !isAbandoned { monitor.wait() }
      }
      return !isAbandoned
    }
  }

  /// Frees what was used up, but not while others wait for the lock.
  private func free() {
    var freed: [Element] = []
    monitor.locked { swap(&freed, &usedUp) }
  }

  /// Says that nothing will be put any more, because that was all or because of an error.
  package func finish(_ end: Result<Void, any Error>) {
    monitor.locked {
      self.end = end
      monitor.change()
    }
  }

  /// Takes the next, waiting for it; nil after the last.
  ///
  /// What was taken before is in use no longer.
  package func take() throws -> Element? {
    try monitor.locked {
      letGo()
      if weight <= limit / 2 { monitor.change() }
      // Who has to wait anyway may as well free it.
      if waiting.isEmpty { usedUp.removeAll() }
      while waiting.isEmpty, end == nil { monitor.wait() }
      guard let next = waiting.popLast() else {
        try end?.get()
        return nil
      }
      return use(next)
    }
  }

  /// Takes the next if there is one now.
  package func takeIfThere() -> Element? {
    monitor.locked {
      guard let next = waiting.popLast() else { return nil }
      letGo()
      return use(next)
    }
  }

  /// What was taken last is in use no longer.
  private func letGo() {
    weight -= weightInUse
    weightInUse = 0
    if let used = inUse.take() { usedUp.append(used) }
  }

  private func use(_ next: (element: Element, weight: Int)) -> Element {
    weightInUse = next.weight
    inUse = next.element
    return next.element
  }

  /// Says that nothing will be taken any more.
  package func abandon() {
    monitor.locked {
      isAbandoned = true
      monitor.change()
    }
  }
}
