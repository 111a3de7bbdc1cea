import TasksArguments
import TasksProgram
import Testing

/// The words that the server is started with.
@Suite struct ServeOptionsTests {
  private func options(_ words: [String]) throws -> ServeOptions {
    let table = CommandTable(
      program: "tasks", summary: "", version: "1", description: [], globals: [],
      commands: [ServeOptions.declaration], defaultCommand: "serve", topics: [])
    guard case .run(let arguments) = try ArgumentParser(table).parse(["serve"] + words) else {
      throw Failure.usage("no command")
    }
    return try ServeOptions(arguments)
  }

  @Test func withoutWordsItIsModest() throws {
    let options = try options([])
    #expect(options.address == nil && options.needsToken && options.rate == 50)
    #expect(options.bodyLimit == 1_000_000 && options.syncInterval == 300_000)
  }

  @Test(arguments: [
    ("127.0.0.1:7420", ListenAddress.tcp(host: "127.0.0.1", port: 7420)),
    ("[::1]:0", .tcp(host: "::1", port: 0)), ("localhost:80", .tcp(host: "localhost", port: 80)),
    ("unix:/run/a b.sock", .unix(path: "/run/a b.sock")),
  ])
  func anAddressIsUnderstood(text: String, address: ListenAddress) throws {
    #expect(try options(["--listen", text]).address == address)
    #expect(address.text == text)
  }

  @Test(arguments: [
    ["--listen", "7420"], ["--listen", ":7420"], ["--listen", "::1:7420"], ["--listen", "a:70000"],
    ["--listen", "unix:"], ["--listen", "unix:" + String(repeating: "x", count: 108)],
    ["--listen", "a b:80"], ["--rate", "0"], ["--rate", "-1/s"], ["--rate", "x"],
    ["--max-body", "0"], ["--max-body", "1GB"], ["--max-body", "99999999999999999999MB"],
    ["--sync-every", "5"], ["--sync-every", "0s"], ["--sync-every", "m"],
    ["--log-format", "xml"], ["--origin", "example.org"], ["--origin", "https://a/b"],
    ["--no-auth", "--token-file", "x"],
    // From elsewhere it is reached under a name that must be known, and by nobody without a token.
    ["--listen", "0.0.0.0:7420"],
    ["--listen", "0.0.0.0:7420", "--host", "a", "--no-auth"],
  ])
  func whatMakesNoSenseIsRefused(words: [String]) {
    #expect(throws: (any Error).self) { try options(words) }
  }

  @Test func unitsAreUnderstood() throws {
    let options = try options(["--rate", "7/s", "--max-body", "20KB", "--sync-every", "90s"])
    #expect(options.rate == 7 && options.bodyLimit == 20_000 && options.syncInterval == 90_000)
    let none = try self.options(["--rate", "none", "--sync-every", "none"])
    #expect(none.rate == nil && none.syncInterval == 0)
  }
}
