import Foundation
import Glibc
import Testing

/// `tasks serve` on a machine, at a port of its own.
final class RunningServer {
  let machine: Machine
  private(set) var program: BackgroundProgram
  /// What it says once it listens.
  private(set) var greeting: String
  private let words: [String]
  private let changes: [String: String?]

  struct NotListening: Error, CustomStringConvertible {
    let description: String
  }

  /// What keeps tests from waiting for each other.
  static let usual = ["--listen", "127.0.0.1:0", "--rate", "none", "--sync-every", "none"]

  init(
    on machine: Machine? = nil, _ words: [String] = RunningServer.usual,
    with changes: [String: String?] = [:]
  ) throws {
    self.machine = try machine ?? Machine()
    self.words = words
    self.changes = changes
    (program, greeting) = try Self.start(self.machine, words, changes)
  }

  private static func start(
    _ machine: Machine, _ words: [String], _ changes: [String: String?]
  ) throws -> (BackgroundProgram, String) {
    let program = try BackgroundProgram(
      [Machine.program, "serve"] + words, on: machine, with: changes)
    guard waits(20, until: { program.output.hasSuffix("\n") || program.hasEnded }),
      program.output.hasSuffix("\n")
    else { throw NotListening(description: program.errors) }
    return (program, String(program.output.dropLast()))
  }

  /// Starts it again as it was, at another port perhaps.
  func restart() throws { (program, greeting) = try Self.start(machine, words, changes) }

  var port: UInt16 {
    (greeting.firstMatch(of: /^Listening at [^ ]*:(\d+)\./)?.1).flatMap { UInt16($0) } ?? 0
  }

  var tokenFile: String { "\(machine.store)/token" }
  var token: String {
    let text = (try? String(contentsOfFile: tokenFile, encoding: .utf8)) ?? ""
    return text.trimmingCharacters(in: .newlines)
  }

  /// What it has said on the standard error, which is its log.
  var log: String { program.errors }

  // MARK: - Asking

  /// Runs `curl` with these words, at a path of the server or a whole URL.
  func curl(_ words: [String], _ path: String, input: [UInt8] = []) throws -> ServedAnswer {
    let url = path.hasPrefix("/") ? "http://127.0.0.1:\(port)\(path)" : path
    let outcome = try Child(
      (["/usr/bin/curl", "-sS", "-i", "--max-time", "30"] + words + [url])
        .map { Array($0.utf8) },
      environment: machine.environment([:]), input: input, directory: machine.home
    ).outcome(within: 40)
    #expect(outcome.status == 0, "curl \(words) \(url): \(outcome.errors)\(log.suffix(2000))")
    return try ServedAnswer(printed: outcome.bytes)
  }

  /// Asks with the token.
  ///
  /// - Parameter fields: header fields, as `If-Match: "…"`.
  func ask(
    _ method: String, _ path: String, _ body: Any? = nil, _ fields: String...
  ) throws -> ServedAnswer {
    var words = ["-H", "Authorization: Bearer \(token)"]
    if method == "HEAD" { words.append("-I") } else { words += ["-X", method] }
    for field in fields { words += ["-H", field] }
    guard let body else { return try curl(words, path) }
    if !fields.contains(where: { $0.hasPrefix("Content-Type:") }) {
      words += ["-H", "Content-Type: application/json"]
    }
    let bytes =
      if let text = body as? String {
        Array(text.utf8)
      } else {
        Array(try JSONSerialization.data(withJSONObject: body))
      }
    return try curl(words + ["--data-binary", "@-"], path, input: bytes)
  }

  func get(_ path: String) throws -> ServedAnswer { try ask("GET", path) }

  /// Makes a task and returns it.
  @discardableResult
  func add(
    _ title: String, _ members: [String: Any] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TaskDocument {
    try ask("POST", "/api/tasks", ["title": title].merging(members) { $1 })
      .expect(201, sourceLocation: sourceLocation).task()
  }

  /// Syncs and waits for the outcome.
  func sync() throws -> ServedAnswer { try ask("POST", "/api/sync/trigger?wait=true") }

  /// Follows the events, from after one if it is named.
  func events(after last: String? = nil) throws -> Follower {
    try Follower(
      BackgroundProgram(
        [
          "/usr/bin/curl", "-sSN", "--max-time", "60", "-H", "Authorization: Bearer \(token)",
        ] + (last.map { ["-H", "Last-Event-ID: \($0)"] } ?? [])
          + ["http://127.0.0.1:\(port)/api/events"], on: machine))
  }

  // MARK: - Ending

  /// Ends it as systemd does, and expects that it goes well.
  func stop(sourceLocation: SourceLocation = #_sourceLocation) {
    program.send(SIGTERM)
    #expect(program.end() == 0, "\(log.suffix(2000))", sourceLocation: sourceLocation)
  }
}

/// Somebody who follows the events.
final class Follower {
  struct Event {
    let id: String
    let kind: String
    let data: [String: Any]
  }

  private let program: BackgroundProgram

  init(_ program: BackgroundProgram) throws {
    self.program = program
    // The first comment comes at once: from then on nothing is missed.
    try #require(waits { program.output.hasPrefix(":") }, "\(program.errors)")
  }

  var events: [Event] {
    program.output.components(separatedBy: "\n\n").dropLast().compactMap { block in
      var fields: [String: String] = [:]
      for line in block.split(separator: "\n") {
        let parts = line.split(separator: ": ", maxSplits: 1)
        if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
      }
      guard let id = fields["id"], let kind = fields["event"], let data = fields["data"] else {
        return nil
      }
      let object = try? JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any]
      return Event(id: id, kind: kind, data: object ?? [:])
    }
  }

  /// Waits for an event of which that is so.
  func event(
    _ kind: String, within seconds: Double = 10, where isSo: ([String: Any]) -> Bool = { _ in true }
  ) -> Event? {
    var found: Event?
    _ = waits(seconds) {
      found = events.first { $0.kind == kind && isSo($0.data) }
      return found != nil
    }
    return found
  }

  /// Whether the server has ended the stream.
  var hasEnded: Bool { waits { program.hasEnded } }
}
