import Synchronization

/// Server-sent events on their way to one client.
///
/// Any thread may send. What the client has not taken waits here, up to a limit (`HTTPLimits.eventsWaiting`); while there
/// is nothing to send the connection is suspended and costs nothing.
/// https://html.spec.whatwg.org/multipage/server-sent-events.html
package final class EventStream: Sendable {
  private struct State {
    /// What is to be sent, of which `taken` bytes were.
    var waiting = EventStream.comment
    var taken = 0
    /// Nothing is sent any more, but what waits.
    var isClosed = false
    /// The client is gone, or is to be.
    var isEnded = false
    var hasTold = false
    /// Set while the library sleeps until there is something to send.
    var suspended: LibraryConnection?
    var connection: HTTPConnection?
    var limit = HTTPLimits().eventsWaiting
    var lastSent = SteadyMoment.now
    var lastTaken = SteadyMoment.now
    var isProbed = false
    var bytes = 0

    var count: Int { waiting.count - taken }

    mutating func resume() {
      suspended.take()?.resume()
    }
  }

  private static let comment = Array(":\n\n".utf8)

  private let state = Mutex(State())
  private let whenEnded: @Sendable () -> Void

  /// - Parameter whenEnded: called once, when the connection has ended for whatever reason, on a thread that serves
  ///   other connections too.
  package init(whenEnded: @escaping @Sendable () -> Void = {}) { self.whenEnded = whenEnded }

  /// Whether nothing that is sent now would reach the client.
  package var isEnded: Bool { state.withLock { $0.isClosed || $0.isEnded } }

  /// Bytes that the client has not taken yet.
  var waiting: Int { state.withLock { $0.count } }

  /// Bytes that were handed to the connection.
  var bytes: Int { state.withLock { $0.bytes } }

  /// Sends an event; false if nobody gets it any more.
  ///
  /// Line breaks in `data` are kept; there can be none in the others, where they are left out.
  @discardableResult
  package func send(id: String? = nil, event: String? = nil, data: String) -> Bool {
    var text: [UInt8] = []
    for (name, value) in [("id: ", id), ("event: ", event)] {
      guard let value else { continue }
      text += Array(name.utf8) + value.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 } + [0x0A]
    }
    text += Array("data: ".utf8)
    var last: UInt8 = 0
    for byte in data.utf8 {
      // A line ends with CR, LF or both; nothing else that Unicode calls a line break counts.
      switch byte {
      case 0x0A where last == 0x0D: break
      case 0x0A, 0x0D: text += Array("\ndata: ".utf8)
      default: text.append(byte)
      }
      last = byte
    }
    return append(text + [0x0A, 0x0A])
  }

  /// Ends the stream once all that was sent is taken.
  package func close() {
    state.withLock { state in
      state.isClosed = true
      state.resume()
    }
  }

  private func append(_ bytes: [UInt8]) -> Bool {
    let (isSent, slow) = state.withLock { state -> (Bool, HTTPConnection?) in
      guard !state.isClosed, !state.isEnded else { return (false, nil) }
      guard state.count + bytes.count <= state.limit else {
        state.isEnded = true
        state.waiting = []
        state.taken = 0
        state.resume()
        return (false, state.connection)
      }
      if state.count == 0 { state.lastTaken = .now }
      state.waiting += bytes
      state.lastSent = .now
      state.resume()
      return (true, nil)
    }
    slow?.cut()
    return isSent
  }

  // MARK: What the server does with it

  func attach(to connection: HTTPConnection, limit: Int) {
    state.withLock { state in
      state.connection = connection
      state.limit = limit
      state.lastTaken = .now
    }
  }

  enum Piece {
    case bytes(Int)
    /// There is nothing; the connection is suspended now.
    case nothing
    case end
    case failure
  }

  /// Copies what waits, as much as fits.
  func read(into buffer: UnsafeMutableRawBufferPointer, for connection: LibraryConnection) -> Piece
  {
    state.withLock { state in
      if state.isEnded { return .failure }
      guard state.count > 0 else {
        if state.isClosed { return .end }
        connection.suspend()
        state.suspended = connection
        return .nothing
      }
      let count = min(state.count, buffer.count)
      buffer.copyBytes(from: state.waiting[state.taken..<state.taken + count])
      state.taken += count
      state.bytes += count
      state.lastTaken = .now
      if state.taken == state.waiting.count {
        state.waiting.removeAll(keepingCapacity: state.taken < 1 << 12)
        state.taken = 0
      } else if state.taken > 1 << 16 {
        state.waiting.removeFirst(state.taken)
        state.taken = 0
      }
      return .bytes(count)
    }
  }

  /// Looks after the stream from time to time: a silent one gets a comment, one whose client takes nothing is ended.
  ///
  /// - Parameter hasHalfClosed: whether the client sends nothing any more. It may still read: the next comment shows.
  func tick(hasHalfClosed: Bool, limits: HTTPLimits) {
    let now = SteadyMoment.now
    let (isSilent, isStuck) = state.withLock { state -> (Bool, Bool) in
      let isStuck = state.count > 0 && state.lastTaken + limits.answerTime < now
      var isSilent = state.lastSent + limits.heartbeat < now
      if hasHalfClosed, !state.isProbed {
        state.isProbed = true
        isSilent = true
      }
      return (isSilent, isStuck)
    }
    if isStuck { return fail() }
    if isSilent { _ = append(Self.comment) }
  }

  /// Ends the connection: nobody is there who takes what is sent.
  func fail() {
    let connection = state.withLock { state in
      state.isEnded = true
      state.resume()
      return state.connection
    }
    connection?.cut()
  }

  /// Says that the connection has ended.
  func finish() {
    let isFirst = state.withLock { state in
      defer { state.hasTold = true }
      state.isEnded = true
      state.suspended = nil
      state.connection = nil
      state.waiting = []
      state.taken = 0
      return !state.hasTold
    }
    if isFirst { whenEnded() }
  }
}
