import CMicroHTTPD
import Synchronization

/// One request and its answer, from the first line until all is sent.
///
/// Only the thread that serves its connection touches it.
final class HTTPExchange {
  private let core: HTTPCore
  private let connection: HTTPConnection
  private let rawTarget: String
  private let begun: SteadyMoment
  private var stage = Stage.head
  private var id = ""
  private var method = ""
  private var path = ""
  private var body: [UInt8] = []
  private(set) var status = 0
  private var sent = Sent.bytes(0)

  private enum Stage {
    case head
    case receiving(HTTPRequest, respond: (HTTPRequest, HTTPReply) -> Void)
    /// All was read that is going to be, and this is the answer.
    case answering(HTTPResponse)
    case waiting(HTTPPendingAnswer)
    case done
  }

  private enum Sent {
    case bytes(Int)
    case reader(HTTPBodyReader)
    case events(EventStream)
  }

  /// - Parameter rawTarget: as the library has it once it has read the first line.
  init(core: HTTPCore, connection: HTTPConnection, rawTarget: String) {
    self.core = core
    self.connection = connection
    self.rawTarget = rawTarget
    begun = .now
    connection.beginRequest(at: begun, headUntil: begun + core.limits.headTime)
  }

  /// What the library has called us for: with the head, with every piece of the body, once more after its end, and again
  /// when the connection was resumed.
  func proceed(
    _ handle: OpaquePointer, line: () -> HTTPHead.Line, piece: UnsafeRawBufferPointer
  ) -> MHD_Result {
    switch stage {
    case .head: readHead(handle, line: HTTPHead.Line(line(), rawTarget: rawTarget))
    case .receiving(let request, let answer) where piece.isEmpty:
      respond(to: request, answer, handle)
    case .receiving: receive(piece)
    case .answering(let response): queue(response, handle)
    case .waiting(let pending):
      if let answer = pending.take() { queue(answer, handle) } else { .NO }
    case .done: .YES
    }
  }

  private func readHead(_ handle: OpaquePointer, line: HTTPHead.Line) -> MHD_Result {
    let head: Result<HTTPRequest, HTTPFault>
    (id, head) = HTTPHead.read(
      line, from: handle, peer: connection.peer, limits: core.limits, id: core.makeID)
    method = String(cString: line.method)
    connection.allow(until: begun + core.limits.requestTime)
    switch head {
    case .failure(let fault):
      path = String(rawTarget.prefix { $0 != "?" })
      return queue(.failure(fault), handle)
    case .success(let request):
      path = request.target.rawPath
      if let length = request.announcedLength, length > core.limits.body {
        return queue(.failure(.bodyTooLarge), handle)
      }
      switch core.handler.begin(request) {
      case .read(let respond):
        stage = .receiving(request, respond: respond)
        body.reserveCapacity(min(request.announcedLength ?? 0, 1 << 16))
      case .answer(let answer):
        if request.hasBody { return queue(answer, handle, beforeBody: true) }
        // Answered now, the library would end the connection.
        stage = .answering(answer)
      }
      return .YES
    }
  }

  private func receive(_ piece: UnsafeRawBufferPointer) -> MHD_Result {
    guard body.count + piece.count <= core.limits.body else {
      // The library takes no answer in the middle of a body, so it is written past it.
      let response = core.handler.response(to: .bodyTooLarge)
      status = response.status
      if case .bytes(let bytes) = response.body { sent = .bytes(bytes.count) }
      stage = .done
      connection.sendLast(response.serialized(id: id))
      return .NO
    }
    body.append(contentsOf: piece)
    return .YES
  }

  private func respond(
    to request: HTTPRequest, _ respond: (HTTPRequest, HTTPReply) -> Void, _ handle: OpaquePointer
  ) -> MHD_Result {
    connection.answer(until: .never)
    var request = request
    request.body = body
    body = []
    let pending = HTTPPendingAnswer()
    respond(
      request, HTTPReply { pending.give($0.map { .success($0) } ?? .failure(.noAnswer)) })
    if let answer = pending.take() { return queue(answer, handle) }
    connection.wait(for: pending)
    stage = .waiting(pending)
    let library = LibraryConnection(pointer: handle)
    guard let answer = pending.take(orSuspend: library, unless: { core.isAbandoning }) else {
      return .YES
    }
    return queue(answer, handle)
  }

  // MARK: Answering

  private func queue(_ answer: Result<HTTPResponse, HTTPFault>, _ handle: OpaquePointer)
    -> MHD_Result
  {
    switch answer {
    case .success(let response): return queue(response, handle)
    case .failure(let fault):
      // Whoever wrote what cannot be understood is not asked what comes after it.
      return queue(core.handler.response(to: fault), handle, beforeBody: fault != .noAnswer)
    }
  }

  /// - Parameter beforeBody: whether the connection has to end with this answer, whatever else is in it.
  private func queue(
    _ response: HTTPResponse, _ handle: OpaquePointer, beforeBody: Bool = false
  ) -> MHD_Result {
    stage = .done
    status = response.status
    guard let library = make(response.body, handle) else { return .NO }
    defer { MHD_destroy_response(library) }
    for field in response.fields { MHD_add_response_header(library, field.name, field.value) }
    MHD_add_response_header(library, "X-Request-Id", id)
    if beforeBody || core.isStopping { MHD_add_response_header(library, "Connection", "close") }
    if beforeBody { connection.linger() }
    connection.answer(until: .now + core.limits.answerTime)
    guard case .events(let stream) = sent else {
      return MHD_queue_response(handle, UInt32(response.status), library)
    }
    if method == "HEAD" { tasks_http_avoid_chunks(library) }
    connection.answer(until: .never)
    connection.carry(stream)
    stream.attach(to: connection, limit: core.limits.eventsWaiting)
    if core.isStopping { stream.close() }
    return MHD_queue_response(handle, UInt32(response.status), library)
  }

  /// The answer for the library, without its fields.
  private func make(_ body: HTTPResponse.Body, _ handle: OpaquePointer) -> OpaquePointer? {
    switch body {
    case .none: return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
    case .bytes(let bytes) where bytes.count <= HTTPBodyReader.pieceSize:
      sent = .bytes(method == "HEAD" ? 0 : bytes.count)
      return bytes.withUnsafeBytes {
        // Copied, so it is not written to.
        MHD_create_response_from_buffer(
          $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), tasks_http_copied)
      }
    case .bytes(let bytes):
      return send(HTTPBodyReader(bytes, for: connection, patience: core.limits.answerTime))
    case .file(let file):
      return send(HTTPBodyReader(file, for: connection, patience: core.limits.answerTime))
    case .events(let stream):
      sent = .events(stream)
      return EventReader(stream, LibraryConnection(pointer: handle)).response()
    }
  }

  private func send(_ reader: HTTPBodyReader) -> OpaquePointer? {
    sent = .reader(reader)
    return reader.response()
  }

  /// All is sent, or will never be.
  func end(_ reason: MHD_RequestTerminationCode, status libraryStatus: Int) {
    let now = SteadyMoment.now
    connection.endRequest(at: now, nextUntil: now + core.limits.idleTime)
    if case .events(let stream) = sent { stream.finish() }
    connection.noticeEnd()
    guard let observe = core.observe else { return }
    let bytes =
      switch sent {
      case .bytes(let count): count
      case .reader(let reader): reader.position
      case .events(let stream): stream.bytes
      }
    if id.isEmpty { (id, path) = (core.makeID(), String(rawTarget.prefix { $0 != "?" })) }
    observe(
      HTTPObservation(
        id: id, method: method, path: path, status: status == 0 ? libraryStatus : status,
        bytes: bytes,
        microseconds: now.microseconds - begun.microseconds, peer: connection.peer,
        isComplete: reason == .REQUEST_TERMINATED_COMPLETED_OK))
  }
}

extension HTTPHead.Line {
  fileprivate init(_ line: Self, rawTarget: String) {
    self.init(method: line.method, target: line.target, version: line.version, rawTarget: rawTarget)
  }
}
