import Glibc

/// A lock with a condition that threads wait for under it.
///
/// Swift's `Mutex` comes without one, so these are those of POSIX. What the lock guards belongs to whoever has the monitor.
final class Monitor: @unchecked Sendable {
  // Both are made for this and never changed, which is why it is Sendable.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Setting the clock must not change how long somebody waits.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  // MARK: With the lock held

  /// Runs something without the lock, and takes it again.
  func unlocked<Value>(_ body: () throws -> Value) rethrows -> Value {
    pthread_mutex_unlock(mutex)
    defer { pthread_mutex_lock(mutex) }
    return try body()
  }

  /// Waits until somebody says that something changed, or for no reason: whoever waits looks whether it did.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// The same, for so many milliseconds at most; false if they are over.
  func wait(atMost milliseconds: Int64) -> Bool {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let nanoseconds = Int64(end.tv_nsec) + milliseconds % 1000 * 1_000_000
    end.tv_sec += time_t(milliseconds / 1000 + nanoseconds / 1_000_000_000)
    end.tv_nsec = Int(nanoseconds % 1_000_000_000)
    return pthread_cond_timedwait(condition, mutex, &end) != ETIMEDOUT
  }

  /// Says to all who wait that something changed.
  func change() { pthread_cond_broadcast(condition) }
}
