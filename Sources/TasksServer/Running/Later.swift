import Synchronization

/// Something to call that is made later than those who call it.
final class Later: Sendable {
  private let body = Mutex<(@Sendable () -> Void)?>(nil)

  func set(_ body: @escaping @Sendable () -> Void) { self.body.withLock { $0 = body } }

  func ring() { body.withLock { $0 }?() }
}

/// A handler that is made when the server listens already; until then it refuses.
final class LateHandler: HTTPHandler {
  private let handler = Mutex<(any HTTPHandler)?>(nil)

  func set(_ handler: any HTTPHandler) { self.handler.withLock { $0 = handler } }

  private var current: (any HTTPHandler)? { handler.withLock { $0 } }

  func begin(_ head: HTTPRequest) -> HTTPBeginning {
    current?.begin(head) ?? .answer(HTTPFault.stopping.response)
  }

  func response(to fault: HTTPFault) -> HTTPResponse {
    current?.response(to: fault) ?? fault.response
  }
}
