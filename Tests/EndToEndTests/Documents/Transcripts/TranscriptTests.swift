import Foundation
import TasksArguments
import TasksCLI
import Testing

/// The transcripts of the documentation show what really happens.
///
/// `TASKS_RECORD=1 swift test --filter TranscriptTests` writes into the documents what happens now.
@Suite struct TranscriptTests {
  struct Document: CustomTestStringConvertible, Sendable {
    let path: String
    /// Whether one story goes through all of it; else every heading of the second level begins on new machines.
    var isOneScene = false

    var testDescription: String { path }
  }

  /// Those whose transcripts are run: a document has some.
  static let documents = [
    Document(path: "README.md"),
    Document(path: "docs/getting-started.md"),
    Document(path: "docs/daily-use.md"),
    Document(path: "docs/conflicts.md", isOneScene: true),
    Document(path: "docs/scripting.md"),
    Document(path: "docs/moving.md"),
    Document(path: "docs/recovery.md"),
    Document(path: "docs/api.md", isOneScene: true),
  ]

  @Test(arguments: documents)
  func everyTranscriptIsTrue(document: Document) throws {
    let transcript = try Self.transcript(of: document)
    #expect(!transcript.scenes.isEmpty, "\(document.path) has no transcript")
    var lines = transcript.lines
    // From the last to the first, so that the numbers of lines stay what they are.
    for scene in transcript.scenes.reversed() where TranscriptScene.isPossible(scene) {
      let printed = try run(scene, of: document)
      guard Snapshot.records else { continue }
      for (step, output) in printed.reversed() { lines.replaceSubrange(step.lines, with: output) }
    }
    if Snapshot.records {
      try Data(lines.joined(separator: "\n").utf8).write(
        to: URL(filePath: "\(Machine.sources)/\(document.path)"))
    }
  }

  @Test(arguments: ["```console\n$ tasks\n", "```console\nprinted\n```\n", "a\n```\n```sh\n```\n"])
  func aDocumentThatCannotBeReadIsRefused(text: String) {
    #expect(throws: Transcript.Fault.self) { try Transcript(text, isOneScene: false) }
  }

  /// What is only shown, and not run, can at least be understood.
  @Test(arguments: documents)
  func everyCallCanBeParsed(document: Document) throws {
    let transcript = try Self.transcript(of: document)
    var pending = ""
    for (number, line) in transcript.unrun {
      guard !line.hasSuffix("\\") else {
        pending += line.dropLast()
        continue
      }
      #expect(
        Program.table.problems(inLine: pending + line) == [], "\(document.path):\(number + 1)")
      pending = ""
    }
    // In Markdown's tables a bar has a backslash before it.
    for (number, line) in transcript.lines.enumerated() where line.contains("`tasks ") {
      for call in line.matches(of: #/`(tasks [^`…]*)`/#) {
        #expect(
          Program.table.problems(inLine: String(call.1).replacing("\\|", with: "|")) == [],
          "\(document.path):\(number + 1)")
      }
    }
  }

  @Test(arguments: documents)
  func everyLinkLeadsSomewhere(document: Document) throws {
    let own = URL(filePath: "\(Machine.sources)/\(document.path)")
    for line in try Self.transcript(of: document).lines where line.contains("](") {
      for link in line.matches(of: #/\]\(([^)#:]*)(?:#([^)]*))?\)/#) {
        let file =
          link.1.isEmpty
          ? own.path : own.deletingLastPathComponent().appending(path: String(link.1)).path
        #expect(Machine.isThere(file), "\(document.path): \(link.1)")
        guard let anchor = link.2 else { continue }
        #expect(try Self.anchors(of: file).contains(String(anchor)), "\(document.path): \(link.0)")
      }
    }
  }

  // MARK: -

  private static func transcript(of document: Document) throws -> Transcript {
    try Transcript(
      String(contentsOfFile: "\(Machine.sources)/\(document.path)", encoding: .utf8),
      isOneScene: document.isOneScene)
  }

  /// Runs a scene, compares, and returns what each step in sight printed, with the names of the document.
  private func run(
    _ scene: Transcript.Scene, of document: Document
  ) throws -> [(Transcript.Step, [String])] {
    let stage = try TranscriptScene(scene)
    var names = TranscriptNames()
    var printed: [(Transcript.Step, [String])] = []
    for event in scene.events {
      switch event {
      case .clock(let machine, let moment): stage.setClock(of: machine, to: moment)
      case .step(let step):
        let output = try stage.run(step, as: names.real(step.command)).map(Self.trimmed)
        guard let expected = step.expected else { continue }
        if output.count == expected.count {
          for (line, real) in zip(expected, output) { names.learn(line, real) }
        }
        let isSame = output.map(Self.masked) == expected.map { Self.masked(names.real($0)) }
        let shown = isSame ? expected : output.map(names.documented)
        for (line, real) in zip(shown, output) { names.learn(line, real) }
        printed.append((step, shown))
        #expect(
          isSame || Snapshot.records,
          """
          \(document.path):\(step.lines.lowerBound): \(step.machine)$ \(step.command)
          --- the document
          \(expected.joined(separator: "\n"))
          --- now
          \(shown.joined(separator: "\n"))
          """)
      }
    }
    return printed
  }

  /// The sizes of files depend on what is drawn at random.
  private static func masked(_ line: String) -> String {
    line.replacing(/\d+(\.\d)? (bytes|kB|MB)\b/, with: "bytes")
      .replacing(/"bytes":\d+/, with: "\"bytes\":0")
      // The server's clock is that of the machine which runs the tests.
      .replacing(/\d+ days ahead of the server's clock \(.*\)/, with: "ahead")
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// What the headings of a document are called in links.
  private static func anchors(of file: String) throws -> [String] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .compactMap { $0.wholeMatch(of: #/#+ (.*)/#)?.1 }
      .map {
        $0.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
          .replacing(" ", with: "-")
      }
  }
}
