import TasksProgram
import Glibc
import TasksServer
import Testing

@Suite struct HTTPAddressTests {
  private static func temporaryPath() -> String {
    "/tmp/tasks-http-\(getpid())-\(UInt32.random(in: .min ... .max)).sock"
  }

  @Test func aUnixSocketIsItsOwnersAlone() throws {
    let path = Self.temporaryPath()
    let seen = Shared<[Bool]>([])
    let fixture = try HTTPFixture(at: .unix(path: path)) { request, reply in
      seen.change { $0.append(request.isFromUnixSocket) }
      HTTPFixture.echo(request, reply)
    }
    var info = stat()
    #expect(lstat(path, &info) == 0)
    #expect(info.st_mode & 0o777 == 0o600)
    let client = fixture.client()
    for _ in 0..<3 {
      client.get("/unix")
      #expect(client.response()?.text == "GET unix ")
    }
    #expect(seen.value == [true, true, true])
    #expect(throws: HTTPServerError.inUse(.unix(path: path))) {
      try HTTPFixture(at: .unix(path: path))
    }
    fixture.server.stop()
    #expect(lstat(path, &info) != 0)
  }

  @Test func aSocketThatWasLeftIsReplaced() throws {
    let path = Self.temporaryPath()
    let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var unix = sockaddr_un()
    unix.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &unix.sun_path) { $0.copyBytes(from: path.utf8) }
    withUnsafePointer(to: &unix) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(left, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    close(left)
    let fixture = try HTTPFixture(at: .unix(path: path))
    let client = fixture.client()
    client.get("/")
    #expect(client.response()?.status == 200)
  }

  @Test func aFileAtThePathIsLeftAlone() throws {
    let path = Self.temporaryPath()
    close(open(path, O_CREAT | O_WRONLY, 0o600))
    defer { unlink(path) }
    #expect(throws: HTTPServerError.notASocket(path: path)) {
      try HTTPFixture(at: .unix(path: path))
    }
    #expect(throws: HTTPServerError.unusablePath("")) { try HTTPFixture(at: .unix(path: "")) }
    let long = "/tmp/" + String(repeating: "x", count: 200)
    #expect(throws: HTTPServerError.unusablePath(long)) { try HTTPFixture(at: .unix(path: long)) }
  }

  @Test func aPortIsPicked() throws {
    let fixture = try HTTPFixture(at: .tcp(host: "localhost", port: 0))
    guard case .tcp("localhost", let port) = fixture.server.address else {
      Issue.record("\(fixture.server.address)")
      return
    }
    #expect(port != 0)
    let taken = ListenAddress.tcp(host: "127.0.0.1", port: port)
    #expect(throws: HTTPServerError.inUse(taken)) { try HTTPFixture(at: taken) }
    #expect(throws: HTTPServerError.notAnAddress("example.org")) {
      try HTTPFixture(at: .tcp(host: "example.org", port: 0))
    }
  }

  @Test func peersAreKnown() throws {
    let seen = Shared<[HTTPPeer]>([])
    let fixture = try HTTPFixture { request, reply in
      seen.change { $0.append(request.peer) }
      HTTPFixture.echo(request, reply)
    }
    let client = fixture.client()
    client.get("/")
    _ = client.response()
    guard case .tcp("127.0.0.1", let port) = seen.value.first else {
      Issue.record("\(seen.value)")
      return
    }
    #expect(port != 0)
  }
}
