import Glibc

/// A thread that does one thing.
///
/// `@unchecked`: `thread` is set before anybody has the worker.
package final class Worker: @unchecked Sendable {
  private var thread = pthread_t()

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

  /// Waits until it is done.
  deinit { pthread_join(thread, nil) }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
