import CMicroHTTPD
import Glibc
import Synchronization

/// The library's daemon: its threads, and whom it calls.
///
/// Its handle never changes, and what is behind it is guarded by the library's own locks: hence Sendable.
final class HTTPDaemon: @unchecked Sendable {
  private let handle: OpaquePointer
  private let callbacks: UnsafeMutablePointer<tasks_http_callbacks>
  private let isStopped = Atomic(false)

  /// Starts the threads.
  init(_ core: HTTPCore) throws(HTTPServerError) {
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(
      to: tasks_http_callbacks(
        context: Unmanaged.passRetained(core).toOpaque(), handle: Self.handle,
        completed: Self.completed, connection: Self.connection, target: Self.target, log: Self.log))
    let threads = UInt32(max(2, core.limits.threads))
    // Those that are too many are refused by the doorkeeper. The library shares its limit among the threads and gives
    // to those with room, so it gets some more: those that are closed in this moment count there, not here.
    let connections = UInt32(core.limits.connections) + 64 * threads
    // What the library makes of a head takes more room than the head; an answer's head has to fit beside it.
    let memory = 4 * max(core.limits.head, 4 << 10)
    guard let handle = tasks_http_start(callbacks, threads, connections, memory) else {
      Self.free(callbacks)
      throw .library
    }
    self.handle = handle
  }

  private static func free(_ callbacks: UnsafeMutablePointer<tasks_http_callbacks>) {
    if let core = callbacks.pointee.context { Unmanaged<HTTPCore>.fromOpaque(core).release() }
    callbacks.deinitialize(count: 1)
    callbacks.deallocate()
  }

  /// Ends all connections and threads.
  ///
  /// No connection may be suspended, and none may be added any more. Only the first call counts.
  func stop() {
    guard !isStopped.exchange(true, ordering: .sequentiallyConsistent) else { return }
    MHD_stop_daemon(handle)
  }

  deinit {
    stop()
    Self.free(callbacks)
  }

  /// Gives it a connection; false if it did not take it.
  ///
  /// The descriptor is its own in any case.
  func add(_ descriptor: Int32, from address: UnsafePointer<sockaddr>, length: socklen_t) -> Bool {
    MHD_add_connection(handle, descriptor, address, length) == .YES
  }

  // MARK: Called by the library

  private static let connection: MHD_NotifyConnectionCallback = {
    context, handle, socketContext, event in
    guard let context, let handle, let socketContext else { return }
    let core = Unmanaged<HTTPCore>.fromOpaque(context).takeUnretainedValue()
    if event == .CONNECTION_NOTIFY_STARTED {
      guard let connection = core.connections[tasks_http_descriptor(handle)] else { return }
      connection.begin()
      socketContext.pointee = Unmanaged.passRetained(connection).toOpaque()
    } else if let pointer = socketContext.pointee {
      socketContext.pointee = nil
      let connection = Unmanaged<HTTPConnection>.fromOpaque(pointer).takeRetainedValue()
      if let copy = connection.end() {
        core.lingering.add(copy, until: .now + core.limits.lingering)
      }
      core.connections.remove(connection)
    }
  }

  private static let target:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
      UnsafeMutableRawPointer? = {
        context, target, handle in
        guard let context, let target, let handle,
          let pointer = tasks_http_connection_context(handle)
        else { return nil }
        let exchange = HTTPExchange(
          core: Unmanaged<HTTPCore>.fromOpaque(context).takeUnretainedValue(),
          connection: Unmanaged<HTTPConnection>.fromOpaque(pointer).takeUnretainedValue(),
          rawTarget: String(cString: target))
        return Unmanaged.passRetained(exchange).toOpaque()
      }

  private static let handle: MHD_AccessHandlerCallback = {
    _, handle, target, method, version, piece, size, exchange in
    guard let handle, let target, let method, let version, let size,
      let exchange = exchange?.pointee
    else { return .NO }
    let count = size.pointee
    size.pointee = 0
    return Unmanaged<HTTPExchange>.fromOpaque(exchange).takeUnretainedValue().proceed(
      handle,
      line: { HTTPHead.Line(method: method, target: target, version: version, rawTarget: "") },
      piece: UnsafeRawBufferPointer(start: piece, count: piece == nil ? 0 : count))
  }

  private static let completed: MHD_RequestCompletedCallback = { _, handle, exchange, reason in
    guard let handle, let exchange, let pointer = exchange.pointee else { return }
    exchange.pointee = nil
    Unmanaged<HTTPExchange>.fromOpaque(pointer).takeRetainedValue()
      .end(reason, status: Int(tasks_http_status(handle)))
  }

  private static let log: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void =
    {
      context, text in
      guard let context, let text else { return }
      Unmanaged<HTTPCore>.fromOpaque(context).takeUnretainedValue().log(String(cString: text))
    }
}
