import Glibc
import Synchronization

/// A thread that does one thing.
///
/// `@unchecked`: `thread` is set before anybody has the worker.
package final class Worker: @unchecked Sendable {
  private var thread = pthread_t()
  private let isDone = Mutex(false)

  /// Starts it; nil if the system has no more threads to give.
  package init?(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Body(body))
    let code = pthread_create(
      &thread, nil,
      { box in
        guard let box else { return nil }
        Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      return nil
    }
  }

  /// Starts one that nobody waits for; false if the system has no more threads to give.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let worker = Worker(body) else { return false }
    pthread_detach(worker.thread)
    worker.isDetached = true
    return true
  }

  private var isDetached = false

  /// Waits until it is done.
  ///
  /// Letting go of it waits too, but the optimizer may have that happen before what was written above it: whoever
  /// tells the thread to end has to wait like this.
  package func wait() {
    isDone.withLock { isDone in
      if !isDone { pthread_join(thread, nil) }
      isDone = true
    }
  }

  deinit { if !isDetached { wait() } }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
