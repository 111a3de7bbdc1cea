import Synchronization

/// Counts how often each address asks: so many a second, and twice as many at once.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var at: Int64
  }

  private let rate: Double
  private let buckets = Mutex<[String: Bucket]>([:])
  /// More addresses than that are forgotten together: each then has a full bucket.
  private static let most = 4096

  init(rate: Int) { self.rate = Double(rate) }

  /// Lets a request pass, or says after how many seconds it would.
  ///
  /// - Parameter now: milliseconds.
  func wait(for address: String, at now: Int64) -> Int? {
    buckets.withLock { buckets in
      if buckets.count >= Self.most, buckets[address] == nil { buckets.removeAll() }
      var bucket = buckets[address] ?? Bucket(tokens: rate * 2, at: now)
      bucket.tokens = min(rate * 2, bucket.tokens + Double(now - bucket.at) / 1000 * rate)
      bucket.at = now
      defer { buckets[address] = bucket }
      guard bucket.tokens >= 1 else { return Int(((1 - bucket.tokens) / rate).rounded(.up)) }
      bucket.tokens -= 1
      return nil
    }
  }
}
