import TasksFiles
import Testing

/// What is read ahead, or not.
@Suite struct FeedTests {
  private struct Fault: Error {}

  @Test(arguments: [false, true])
  func everythingComesInOrderAndTheErrorLast(isAhead: Bool) {
    let feed = Feed<Int>(limit: 10, isAhead: isAhead) { give in
      for number in 0..<100 where try !give(number, 3) { return }
      throw Fault()
    }
    var taken: [Int] = []
    #expect(throws: Fault.self) { try feed.each { taken.append($0) } }
    #expect(taken == Array(0..<100))
  }

  @Test(arguments: [false, true])
  func whatFailsWithAPortionEndsTheReading(isAhead: Bool) {
    let feed = Feed<Int>(limit: 10, isAhead: isAhead) { give in
      while try give(0, 3) {}
    }
    var count = 0
    #expect(throws: Fault.self) {
      try feed.each { _ in
        count += 1
        if count == 5 { throw Fault() }
      }
    }
    #expect(count == 5)
  }

  @Test func whatNobodyTakesIsNotReadOn() {
    let feed = Feed<Int>(limit: 10, isAhead: true) { give in
      while try give(0, 3) {}
    }
    _ = consume feed
  }
}
