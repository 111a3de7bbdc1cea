import Glibc

/// Lets a thread wait until another one calls it, or for some time.
package final class Bell: @unchecked Sendable {
  // `lock` guards `isRung`, which is why this is Sendable.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var isRung = false

  package init() {
    lock.initialize(to: pthread_mutex_t())
    changed.initialize(to: pthread_cond_t())
    pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Setting the clock must not change how long somebody waits.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Calls whoever waits, or the next one who is about to.
  package func ring() {
    pthread_mutex_lock(lock)
    isRung = true
    pthread_cond_signal(changed)
    pthread_mutex_unlock(lock)
  }

  /// Waits until it rings; for ever if no time is given.
  package func wait(atMost milliseconds: Int64?) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let nanoseconds = Int64(end.tv_nsec) + (milliseconds ?? 0) % 1000 * 1_000_000
    end.tv_sec += time_t((milliseconds ?? 0) / 1000 + nanoseconds / 1_000_000_000)
    end.tv_nsec = Int(nanoseconds % 1_000_000_000)
    while !isRung {
      guard milliseconds != nil else {
        pthread_cond_wait(changed, lock)
        continue
      }
      if pthread_cond_timedwait(changed, lock, &end) == ETIMEDOUT { break }
    }
    isRung = false
  }
}

/// A clock that never goes back.
package enum SteadyClock {
  /// Milliseconds.
  package static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
