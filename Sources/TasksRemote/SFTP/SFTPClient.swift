import TasksFiles

/// Speaks SFTP, version 3, with a server at the other end of a command.
///
/// `send` asks, and does not wait; `reply` waits for the answer to one question. So any number of questions can be on
/// their way at once, and the code that asks still reads from top to bottom. The server's answers may come in any order.
final class SFTPClient {
  /// Names a question.
  struct Ticket: Hashable {
    fileprivate let id: UInt32
  }

  private struct Question {
    let answer: SFTPReply.Kind
    let cost: Int
    let turn: Int
    /// Whether it has to be done before the conversation ends: OpenSSH leaves undone what it was asked right before.
    let matters: Bool
    /// Nobody wants to know the answer.
    var isForgotten = false
  }

  private struct Answer {
    let packet: [UInt8]
    let kind: SFTPReply.Kind
    /// Whether the question was only whether something goes well.
    let mayBeOK: Bool
    let turn: Int
  }

  private let server: ServerProcess
  private let patience: Patience
  private var outgoing: [UInt8] = []
  private var incoming = PacketBuffer()
  private var questions: [UInt32: Question] = [:]
  private var answers: [UInt32: Answer] = [:]
  private var lastID: UInt32 = 0
  /// What the questions on their way cost together.
  private var asked = 0
  /// The bytes of the answers that nobody has looked at yet.
  private var held = 0
  private var hello: SFTPHello?
  private var failure: RemoteError?
  /// The turn of the newest answer that whoever asks now has looked at; what is asked now belongs to the next.
  ///
  /// Things that go on side by side each have their own, and put it here while they ask (`OutgoingFile`).
  var turn = 0
  /// Microseconds waited since anything came or went, and since a whole packet came.
  ///
  /// What the caller does in between does not count, and short waits do, however short.
  private var silence = 0
  private var unfinished = 0

  /// How many turns the conversation has taken: the longest chain of questions that needed an answer.
  private(set) var turns = 0

  /// So much may be on its way: enough to keep a line of 100 Mbit/s and 150 ms busy.
  private static let window = 2 << 20
  /// Answers are short, but for data, of which no more is asked for (`RemoteLimits`), and names.
  private static let mostHeld = 32 << 20
  /// Small questions are sent together.
  private static let flushed = 1 << 16

  /// Starts the command and greets the server.
  ///
  /// Its answer to that is not waited for.
  init(
    command: [String], environment: [String: String], patience: Patience
  ) throws(RemoteError) {
    do throws(FileError) {
      server = try ServerProcess(command: command, environment: environment)
    } catch {
      throw .notStarted(error)
    }
    self.patience = patience
    outgoing = SFTPHello.packet
  }

  var sent: Int { server.sent }
  var received: Int { server.received }

  /// What the server can do; waits for its greeting.
  func extensions() throws(RemoteError) -> Set<String> {
    while true {
      if let hello {
        turn = max(turn, 1)
        turns = max(turns, 1)
        return hello.extensions
      }
      try exchange()
    }
  }

  /// Asks.
  ///
  /// Waits only if too much is on its way already.
  func send(_ request: SFTPRequest) throws(RemoteError) -> Ticket {
    if let failure { throw failure }
    while asked > 0, asked + request.cost > Self.window { try exchange() }
    repeat { lastID &+= 1 } while questions[lastID] != nil || answers[lastID] != nil
    questions[lastID] = Question(
      answer: request.answer, cost: request.cost, turn: turn + 1, matters: request.matters)
    asked += request.cost
    outgoing.append(contentsOf: request.packet(id: lastID))
    let ticket = Ticket(id: lastID)
    while outgoing.count > Self.flushed { try exchange() }
    return ticket
  }

  /// Whether the answer is here, so that `reply` would not wait.
  func isAnswered(_ ticket: Ticket) -> Bool { answers[ticket.id] != nil }

  /// The answer to a question, once.
  func reply(_ ticket: Ticket) throws(RemoteError) -> SFTPReply {
    while answers[ticket.id] == nil {
      // Nothing else could bring it, so this would wait for ever.
      guard questions[ticket.id] != nil else { throw failure ?? .closed }
      try exchange()
    }
    guard let answer = answers.removeValue(forKey: ticket.id) else { throw .closed }
    held -= answer.packet.count
    turn = max(turn, answer.turn)
    turns = max(turns, answer.turn)
    guard let reply = SFTPReply(answer.packet, kind: answer.kind) else {
      throw fail(.violation(.malformed(type: answer.packet.first ?? 0)))
    }
    if case .status(let status) = reply, status.isOK, !answer.mayBeOK {
      throw fail(.violation(.malformed(type: SFTPReply.Kind.status.rawValue)))
    }
    return reply
  }

  /// The answer to a question that only a status answers.
  func status(_ ticket: Ticket) throws(RemoteError) -> SFTPStatus {
    guard case .status(let status) = try reply(ticket) else {
      throw fail(.violation(.malformed(type: 0)))
    }
    return status
  }

  /// The answer does not matter, be it here or yet to come.
  func forget(_ ticket: Ticket) {
    if let answer = answers.removeValue(forKey: ticket.id) { held -= answer.packet.count }
    questions[ticket.id]?.isForgotten = true
  }

  /// Ends the conversation at once, because of what the server did.
  func fail(_ error: RemoteError) -> RemoteError {
    if failure == nil {
      failure = error
      _ = server.end(patience: 0)
    }
    return failure ?? error
  }

  /// Waits for what has to be done, and lets the server end by itself if it soon does.
  func close() {
    while failure == nil, questions.values.contains(where: \.matters) {
      do throws(RemoteError) { try exchange() } catch { break }
    }
    if failure == nil {
      failure = .closed
      _ = server.end(patience: patience.ending)
    }
  }

  // MARK: The wire

  /// Sends and reads what is possible now, and waits until something is.
  private func exchange() throws(RemoteError) {
    if let failure { throw failure }
    let milliseconds = hello == nil ? patience.greeting : patience.answering
    let limit = milliseconds * 1_000
    let began = Int(SteadyClock.microseconds)
    let event = server.exchange(
      sending: &outgoing, into: &incoming.bytes,
      waiting: max(1, (limit - silence) / 1_000))
    let waited = Int(SteadyClock.microseconds) - began
    unfinished += waited
    silence = event == .progress ? 0 : silence + waited
    while let packet = try nextPacket() {
      unfinished = 0
      try take(packet)
    }
    if event == .end { throw ended() }
    // A server that sends a byte now and then is not silent, but it does not answer either.
    if silence >= limit || unfinished / 10 >= limit {
      throw fail(.timedOut(milliseconds: milliseconds))
    }
  }

  private func ended() -> RemoteError {
    let end = server.end(patience: 200)
    return fail(
      .ended(
        ServerEnding(
          ending: end.ending, hadAnswered: hello != nil, errors: end.errors, report: end.report)))
  }

  private func nextPacket() throws(RemoteError) -> [UInt8]? {
    do throws(PacketBuffer.BadLength) {
      return try incoming.next()
    } catch {
      guard hello == nil else { throw fail(.violation(.packetLength(error.length))) }
      throw fail(.violation(.notSFTP(incoming.beginning)))
    }
  }

  /// Takes in a packet that has at least a type.
  private func take(_ packet: [UInt8]) throws(RemoteError) {
    guard hello != nil else {
      guard let hello = SFTPHello(packet) else {
        throw fail(.violation(.notSFTP(Array(packet.prefix(64)))))
      }
      guard hello.version == SFTPHello.version else {
        throw fail(.violation(.version(hello.version)))
      }
      self.hello = hello
      return
    }
    var reader = PacketReader(packet, from: 1)
    guard let id = reader.uint32() else {
      throw fail(.violation(.malformed(type: packet.first ?? 0)))
    }
    guard let question = questions.removeValue(forKey: id) else {
      throw fail(.violation(.unaskedAnswer(id)))
    }
    asked -= question.cost
    guard let type = packet.first, let kind = SFTPReply.Kind(rawValue: type),
      kind == .status || kind == question.answer
    else { throw fail(.violation(.malformed(type: packet.first ?? 0))) }
    if !question.isForgotten {
      answers[id] = Answer(
        packet: packet, kind: kind, mayBeOK: question.answer == .status, turn: question.turn)
      held += packet.count
      guard held <= Self.mostHeld else { throw fail(.violation(.flood)) }
    }
  }
}
