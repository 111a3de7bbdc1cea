package import TasksArguments

/// How the server is started: `tasks serve` and `tasks-serve` understand the same words.
package struct ServeOptions: Sendable {
  package enum LogFormat: String, CaseIterable, Sendable { case text, json }

  /// Nil: not said.
  package var address: ListenAddress?
  /// Names that it may be called by beside its address.
  package var hosts: [String] = []
  /// Where pages come from that may ask it.
  package var origins: [String] = []
  package var tokenFile: String?
  package var needsToken = true
  /// Requests a second of one address; nil without a limit.
  package var rate: Int?
  package var bodyLimit = 1_000_000
  /// Milliseconds.
  package var syncInterval: Int64 = 5 * 60_000
  package var logFormat = LogFormat.text

  package static let usualAddress = ListenAddress.tcp(host: "127.0.0.1", port: 7420)

  package static let declaration = CommandDeclaration(
    name: "serve", group: .care, summary: "Serve the tasks to other programs over HTTP",
    synopsis: ["serve [OPTION]..."],
    description: [
      "Answers HTTP requests on this machine, or behind a proxy: reading and editing tasks, what an app did while it was offline, syncing, conflicts, and a stream of events. Every edit goes the same way as one typed here, and reaches the other devices by the same push and pull. Without being asked it commits and syncs at the start, two seconds after an edit, when the network comes back, and every five minutes.",
      "It prints its address and a call of curl that works, and ends with Ctrl-C or SIGTERM once what was begun is answered. What it can do is at /openapi.json.",
      "Whoever asks must send a token, which is made at the first start and kept in the store, readable by its owner only. It speaks plain HTTP: beyond this machine a proxy in front must add TLS.",
      "There is a unit for systemd: systemctl --user enable --now tasks-serve",
    ],
    options: [
      listen, host, origin, token, noToken, rateLimit, maxBody, syncEvery, format,
    ],
    examples: [
      Example("tasks serve", "on this machine, at port 7420"),
      Example("tasks serve --listen unix:/run/user/1000/tasks.sock --no-auth", "through a socket"),
      Example(
        "tasks serve --listen 0.0.0.0:7420 --host tasks.example.org", "behind a proxy with TLS"),
    ])

  private static let listen = OptionDeclaration(
    "listen", value: "ADDRESS",
    help:
      "Where to listen: HOST:PORT or unix:PATH; port 0 takes a free one. Else 127.0.0.1:7420, or the port in PORT."
  )
  private static let host = OptionDeclaration(
    "host", value: "NAME",
    help: "A name that it may be called by, with :PORT where that is not its own.",
    isRepeatable: true)
  private static let origin = OptionDeclaration(
    "origin", value: "URL", help: "Where web pages come from that may ask it.",
    isRepeatable: true)
  private static let token = OptionDeclaration(
    "token-file", value: "FILE", help: "Where the token is, or will be.", completion: .file)
  private static let noToken = OptionDeclaration(
    "no-auth", help: "Ask for no token; on this machine only.")
  private static let rateLimit = OptionDeclaration(
    "rate", value: "N/s",
    help: "How many requests a second of one address are answered; none for no limit. Else 50/s.")
  private static let maxBody = OptionDeclaration(
    "max-body", value: "SIZE", help: "How long a request's body may be. Else 1MB.")
  private static let syncEvery = OptionDeclaration(
    "sync-every", value: "TIME",
    help: "How often to sync anyway: 30s, 5m, 1h; none for not. Else 5m."
  )
  private static let format = OptionDeclaration(
    "log-format", value: "FORMAT", help: "How requests are logged.",
    choices: LogFormat.allCases.map(\.rawValue))

  package init(_ arguments: ParsedArguments) throws {
    if let text = arguments.value(Self.listen) {
      guard let address = ListenAddress(text) else {
        throw Failure.usage(
          "'\(text)' is no address to listen at",
          hint: "for example 127.0.0.1:7420, [::1]:0, unix:/run/user/1000/tasks.sock")
      }
      self.address = address
    }
    hosts = arguments.all(Self.host)
    origins = arguments.all(Self.origin)
    for origin in origins where !Self.isOrigin(origin) {
      throw Failure.usage(
        "'\(origin)' is no origin", hint: "a scheme and a host, as https://tasks.example.org")
    }
    tokenFile = arguments.value(Self.token)
    needsToken = !arguments.has(Self.noToken)
    if !needsToken, tokenFile != nil {
      throw Failure.usage("--no-auth and --token-file exclude each other")
    }
    rate = try arguments.value(Self.rateLimit).map(Self.rate) ?? 50
    if let text = arguments.value(Self.maxBody) { bodyLimit = try Self.size(text) }
    if let text = arguments.value(Self.syncEvery) { syncInterval = try Self.time(text) }
    if let text = arguments.value(Self.format) { logFormat = LogFormat(rawValue: text) ?? .text }
    try check()
  }

  private func check() throws {
    guard let address, !address.isLocal else { return }
    guard needsToken else {
      throw Failure.usage(
        "without a token it listens on this machine only",
        hint: "leave out --no-auth, or listen at 127.0.0.1 or unix:PATH")
    }
    guard !hosts.isEmpty else {
      throw Failure.usage(
        "\(address.text) can be reached from other machines, and --host is missing",
        hint: "say by which name it is called: --host tasks.example.org")
    }
  }

  // MARK: - Values

  private static func isOrigin(_ text: String) -> Bool {
    let parts = text.components(separatedBy: "://")
    return parts.count == 2 && ["http", "https"].contains(parts[0]) && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }
  }

  private static func rate(_ text: String) throws -> Int? {
    if text == "none" { return nil }
    let number = text.hasSuffix("/s") ? String(text.dropLast(2)) : text
    guard let rate = Int(number), (1...1_000_000).contains(rate) else {
      throw Failure.usage("'\(text)' is no rate", hint: "for example 50/s, or none")
    }
    return rate
  }

  private static func size(_ text: String) throws -> Int {
    let units = [("KB", 1000), ("MB", 1_000_000), ("kB", 1000), ("B", 1), ("", 1)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      guard let number = Int(text.dropLast(unit.utf8.count)) else { continue }
      guard (1000...100_000_000).contains(number.multipliedReportingOverflow(by: factor).0)
      else { break }
      return number * factor
    }
    throw Failure.usage("'\(text)' is no size", hint: "from 1KB to 100MB, for example 1MB")
  }

  /// Returns milliseconds; 0 for not at all.
  private static func time(_ text: String) throws -> Int64 {
    if text == "none" { return 0 }
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000]
    guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
      number > 0, number <= 86_400
    else {
      throw Failure.usage("'\(text)' is no time", hint: "for example 30s, 5m, 1h, or none")
    }
    return number * unit
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    guard let range = self.firstRange(of: separator) else { return [self] }
    return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
  }
}
