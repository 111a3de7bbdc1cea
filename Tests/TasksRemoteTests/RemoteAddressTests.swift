import Testing

@testable import TasksRemote

@Suite struct RemoteAddressTests {
  private static func host(_ host: String, user: String? = nil, port: Int? = nil) throws -> SSHHost
  {
    try #require(SSHHost(user: user, host: host, port: port))
  }

  @Test(arguments: [
    ("/mnt/usb/tasks", "/mnt/usb/tasks"), ("./tasks", "./tasks"), ("../a:b", "../a:b"),
    ("/a b/c:d", "/a b/c:d"), (".", "."), ("file:///mnt/a%20b", "/mnt/a b"),
  ])
  func aPathIsAFolder(text: String, path: String) throws {
    #expect(try RemoteAddress(text) == .folder(path))
  }

  @Test func aHostAndAPathAreAFolderThere() throws {
    #expect(try RemoteAddress("nas:tasks") == .ssh(Self.host("nas"), path: "tasks"))
    #expect(
      try RemoteAddress("me@nas:/srv/x") == .ssh(Self.host("nas", user: "me"), path: "/srv/x"))
    #expect(try RemoteAddress("nas:~/tasks") == .ssh(Self.host("nas"), path: "tasks"))
    #expect(try RemoteAddress("a@b.c@nas:t") == .ssh(Self.host("nas", user: "a@b.c"), path: "t"))
  }

  @Test func anAddressOfIPv6StandsInBrackets() throws {
    #expect(try RemoteAddress("[fe80::1]:tasks") == .ssh(Self.host("fe80::1"), path: "tasks"))
  }

  @Test func aSchemeMayBeInCapitals() throws {
    #expect(try RemoteAddress("SFTP://nas/srv/x") == .ssh(Self.host("nas"), path: "/srv/x"))
    #expect(try RemoteAddress("File:///mnt/x") == .folder("/mnt/x"))
  }

  @Test func aURLSaysUserAndPort() throws {
    #expect(try RemoteAddress("sftp://nas/srv/x") == .ssh(Self.host("nas"), path: "/srv/x"))
    #expect(
      try RemoteAddress("sftp://me@nas:2222/~/a%20b")
        == .ssh(Self.host("nas", user: "me", port: 2222), path: "a b"))
    #expect(
      try RemoteAddress("sftp://[fe80::1]:22/x") == .ssh(Self.host("fe80::1", port: 22), path: "/x")
    )
    #expect(
      try RemoteAddress("sftp://a%40b@nas/x") == .ssh(Self.host("nas", user: "a@b"), path: "/x"))
  }

  @Test func whatFollowsCommandIsForAShell() throws {
    #expect(
      try RemoteAddress("command:rclone serve sftp --stdio d:t")
        == .command("rclone serve sftp --stdio d:t"))
  }

  @Test(arguments: [
    ("", RemoteAddressError.empty), ("a\nb:c", .controlCharacter),
    ("https://x/y", .unknownScheme("https")),
    ("ssh://x/y", .unknownScheme("ssh")), ("tasks", .bareWord), ("file://host/x", .notAFolder),
    ("sftp:///x", .noHost), (":x", .noHost), ("sftp://nas", .noPath), ("sftp://nas/", .noPath),
    ("sftp://nas/~/", .noPath), ("nas:", .noPath), ("nas:~", .noPath), ("command: ", .noCommand),
    ("sftp://me:secret@nas/x", .password), ("-oProxyCommand=x:y", .badHost),
    ("me@-nas:x", .badHost), ("sftp://nas:99999/x", .badHost), ("sftp://nas:22a/x", .badHost),
    ("sftp://nas/%00", .badPath), ("sftp://nas/%zz", .badPath), ("@nas:x", .badHost),
    ("$(x)@nas:y", .badHost), ("sftp://[::1/x", .badHost), ("me@[::1]:x", .badHost),
    ("me:secret@nas:x", .password), ("file:/x", .notAFolder),
    ("HTTP://x/y", .unknownScheme("HTTP")),
  ])
  func whatIsNoAddressIsRefused(text: String, error: RemoteAddressError) {
    #expect(throws: error) { try RemoteAddress(text) }
  }
}
