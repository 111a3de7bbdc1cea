import Testing

@testable import TasksServer

/// How often somebody may ask.
@Suite struct RateLimiterTests {
  @Test func twiceAsManyAtOnceAndThenSoManyASecond() {
    let limiter = RateLimiter(rate: 10)
    for _ in 0..<20 { #expect(limiter.wait(for: "a", at: 0) == nil) }
    #expect(limiter.wait(for: "a", at: 0) == 1)
    #expect(limiter.wait(for: "b", at: 0) == nil)
    #expect(limiter.wait(for: "a", at: 100) == nil)
    #expect(limiter.wait(for: "a", at: 100) == 1)
    for _ in 0..<20 { #expect(limiter.wait(for: "a", at: 10_000) == nil) }
    #expect(limiter.wait(for: "a", at: 10_000) == 1)
  }
}
