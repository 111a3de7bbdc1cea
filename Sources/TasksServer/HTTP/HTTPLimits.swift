/// What a server bears: everything that a client could have grow is bounded here.
package struct HTTPLimits: Sendable {
  /// Bytes of a body.
  ///
  /// One that says it is longer is refused before any of it is read.
  package var body = 1 << 20
  /// Bytes of a request line and the fields after it.
  package var head = 16 << 10
  package var connections = 256
  /// Of one address.
  ///
  /// Those over a unix socket have none, and count only among all.
  package var connectionsOfOneAddress = 64
  /// Until the head of the first request on a connection has arrived, and of any request once its first line has.
  package var headTime = Duration.seconds(10)
  /// Until a request has arrived whole, counted from the end of its first line.
  package var requestTime = Duration.seconds(30)
  /// For a client that takes nothing of its answer; it counts anew with every 64 KiB.
  package var answerTime = Duration.seconds(30)
  /// From an answer until the first line of the next request on its connection has arrived.
  package var idleTime = Duration.seconds(60)
  /// Bytes of events that wait for a client; with more its connection is ended.
  package var eventsWaiting = 1 << 20
  /// How long an event stream is silent before a comment shows whether its client is still there.
  package var heartbeat = Duration.seconds(15)
  /// How long what a client still sends is thrown away after an answer that did not wait for it.
  package var lingering = Duration.seconds(2)
  /// That answer requests.
  ///
  /// More are of use only while handlers wait for something.
  package var threads = 2

  package init() {}

  /// How often deadlines are looked at while there are connections.
  var tick: Duration {
    let shortest = min(headTime, requestTime, answerTime, idleTime, heartbeat)
    return max(.milliseconds(10), min(.seconds(1), shortest / 8))
  }
}
