/// What talking to a remote has cost.
package struct Traffic: Equatable, Sendable {
  /// How often something was said that could only be said after an answer: the round trips that a distant server costs.
  ///
  /// Those that it takes to log in are not known here.
  package var turns = 0
  package var sent = 0
  package var received = 0

  package init(turns: Int = 0, sent: Int = 0, received: Int = 0) {
    self.turns = turns
    self.sent = sent
    self.received = received
  }
}
