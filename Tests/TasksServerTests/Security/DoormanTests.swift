import TasksProgram
import Testing

@testable import TasksServer

/// Who may ask.
@Suite struct DoormanTests {
  private func kind(
    _ address: String = "127.0.0.1:7420", host: String?, origin: String? = nil
  ) throws -> ProblemKind? {
    let address = try #require(ListenAddress(address))
    let doorman = Doorman(
      address, hosts: ["tasks.example.org"], origins: ["https://app.example.org"])
    return doorman.problem(host: host, origin: origin)?.kind
  }

  @Test(arguments: [
    "127.0.0.1:7420", "localhost:7420", "LOCALHOST", "[::1]:7420", "tasks.example.org",
    "tasks.example.org:7420",
  ])
  func itsOwnNamesAreLetIn(host: String) throws { #expect(try kind(host: host) == nil) }

  @Test(arguments: [
    nil, "", "evil.example.org", "evil.example.org:7420", "127.0.0.1:80", "localhost.evil.org:7420",
    "tasks.example.org.evil.org",
  ])
  func aForeignNameIsNot(host: String?) throws { #expect(try kind(host: host) == .forbiddenHost) }

  @Test(arguments: [
    "http://localhost:7420", "https://localhost:7420", "https://app.example.org",
  ])
  func itsOwnPagesAndThoseAllowedMayAsk(origin: String) throws {
    #expect(try kind(host: "localhost:7420", origin: origin) == nil)
  }

  @Test(arguments: [
    "null", "http://evil.example.org", "http://localhost", "https://app.example.org.evil.org", "",
  ])
  func aForeignPageMayNot(origin: String) throws {
    #expect(try kind(host: "localhost:7420", origin: origin) == .forbiddenOrigin)
  }

  /// Only who may open the socket gets there, by whatever name.
  @Test func overASocketEveryNameWillDo() throws {
    #expect(try kind("unix:/run/tasks.sock", host: "anything") == nil)
    #expect(try kind("unix:/run/tasks.sock", host: "a", origin: "http://b") == .forbiddenOrigin)
  }
}
