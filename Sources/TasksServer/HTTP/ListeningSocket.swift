import CMicroHTTPD
import Glibc
import Synchronization
import TasksProgram

/// The socket where connections arrive.
final class ListeningSocket: Sendable {
  let descriptor: Int32
  /// Where it really listens: port 0 has become the one that was picked.
  let address: ListenAddress
  /// Which file a unix socket has made, to remove no other.
  private let file: (device: dev_t, number: ino_t)?
  private let isClosed = Mutex(false)

  init(_ address: ListenAddress) throws(HTTPServerError) {
    switch address {
    case .tcp(let host, let port):
      let (descriptor, port) = try Self.listen(host, port: port)
      self.descriptor = descriptor
      self.address = .tcp(host: host, port: port)
      file = nil
    case .unix(let path):
      (descriptor, file) = try Self.listen(at: path)
      self.address = address
    }
  }

  deinit { end() }

  /// Listens no longer, and removes the file of a unix socket if it is still the one that was made here.
  func end() {
    isClosed.withLock { isClosed in
      guard !isClosed else { return }
      isClosed = true
      if case .unix(let path) = address, let file {
        Self.withFolderLocked(of: path) {
          var info = stat()
          if lstat(path, &info) == 0, info.st_dev == file.device, info.st_ino == file.number {
            unlink(path)
          }
        }
      }
      close(descriptor)
    }
  }

  // MARK: TCP

  private static func listen(
    _ host: String, port: UInt16
  ) throws(HTTPServerError) -> (Int32, port: UInt16) {
    var storage = SocketAddress()
    guard storage.set(host: host == "localhost" ? "127.0.0.1" : host, port: port) else {
      throw .notAnAddress(host)
    }
    let descriptor = try made(storage.family)
    do throws(HTTPServerError) {
      var yes: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      try check(
        "bind", storage.with { Glibc.bind(descriptor, $0, $1) }, .tcp(host: host, port: port))
      try check("listen", Glibc.listen(descriptor, 512), .tcp(host: host, port: port))
      var bound = SocketAddress()
      try check(
        "getsockname", bound.fill { getsockname(descriptor, $0, $1) }, .tcp(host: host, port: port))
      guard case .tcp(_, let port) = bound.peer else { throw .notAnAddress(host) }
      return (descriptor, port)
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func made(_ family: Int32) throws(HTTPServerError) -> Int32 {
    let descriptor = socket(family, tasks_http_stream, 0)
    guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
    return descriptor
  }

  private static func check(
    _ call: String, _ result: Int32, _ address: ListenAddress
  ) throws(HTTPServerError) {
    guard result != 0 else { return }
    let code = errno
    throw code == EADDRINUSE ? .inUse(address) : .system(call: call, code: code)
  }

  // MARK: Unix sockets

  private typealias File = (device: dev_t, number: ino_t)

  private static func listen(at path: String) throws(HTTPServerError) -> (Int32, File?) {
    var storage = SocketAddress()
    guard storage.set(path: path) else { throw .unusablePath(path) }
    let descriptor = try made(AF_UNIX)
    // The file gets these rights as it appears, so there is no moment in which others may use it.
    fchmod(descriptor, 0o600)
    let address = storage
    let result = withFolderLocked(of: path) { () -> Result<File?, HTTPServerError> in
      do throws(HTTPServerError) {
        try makeRoom(for: address, at: path)
        try check("bind", address.with { Glibc.bind(descriptor, $0, $1) }, .unix(path: path))
        try check("listen", Glibc.listen(descriptor, 512), .unix(path: path))
        var info = stat()
        return .success(lstat(path, &info) == 0 ? (info.st_dev, info.st_ino) : nil)
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let file): return (descriptor, file)
    case .failure(let error):
      close(descriptor)
      throw error
    }
  }

  /// Removes a socket that a killed server left: one at which nobody listens.
  private static func makeRoom(for address: SocketAddress, at path: String) throws(HTTPServerError)
  {
    var info = stat()
    guard lstat(path, &info) == 0 else { return }
    guard info.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
    let probe = try made(AF_UNIX)
    defer { close(probe) }
    let isRefused = address.with { connect(probe, $0, $1) } != 0 && errno == ECONNREFUSED
    guard isRefused else { throw .inUse(.unix(path: path)) }
    unlink(path)
  }

  /// Two that start at the same time must not take each other's socket for a left one: the lock of the folder is held
  /// from looking until listening.
  private static func withFolderLocked<Value>(of path: String, _ body: () -> Value) -> Value {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    if lock >= 0 { flock(lock, LOCK_EX) }
    return body()
  }
}
