import Foundation
import Testing

/// The transcripts of the documentation show what really happens.
@Suite struct TranscriptTests {
  /// A command of a transcript and what it is said to print.
  struct Step: CustomTestStringConvertible, Sendable {
    /// The machine whose prompt it is: `laptop$`; nothing if there is only one.
    let machine: String
    let command: String
    var expected: [String] = []

    var testDescription: String { command }
  }

  /// A Wednesday.
  private static let day = "2025-11-19 10:00:00"

  @Test(arguments: ["README.md"])
  func everyTranscriptIsTrue(document: String) throws {
    let text = try String(contentsOfFile: "\(Machine.sources)/\(document)", encoding: .utf8)
    let blocks = Self.transcripts(text)
    #expect(!blocks.isEmpty)
    for block in blocks {
      var machines: [String: Machine] = [:]
      // What the machines give each other lies on a stick.
      let stick = try Machine()
      for step in block {
        if machines[step.machine] == nil {
          let machine = try Machine()
          if !step.machine.isEmpty { try machine.run("config", "device.name", step.machine) }
          machines[step.machine] = machine
        }
        let machine = try #require(machines[step.machine])
        let outcome = try machine.shell(
          "exec 2>&1; exec bash -c \"$1\"", step.command.replacing(Self.stick, with: stick.home),
          with: TwoDesks.clock(at: Self.day))
        #expect(
          outcome.lines.map { Self.masked($0.replacing(stick.home, with: Self.stick)) }
            == step.expected.map(Self.masked),
          "\(document): \(step.machine)$ \(step.command)")
      }
    }
  }

  /// Where a stick is in the documentation.
  private static let stick = "/media/stick"

  /// Ids are drawn at random, and the sizes of files depend on them.
  private static func masked(_ line: String) -> String {
    line.replacing(/\b[0-9a-f]{8}\b/.wordBoundaryKind(.simple), with: "id").replacing(
      /\d+ bytes/, with: "bytes")
  }

  /// The blocks marked as `console`, each a list of commands behind `$`.
  private static func transcripts(_ text: String) -> [[Step]] {
    var blocks: [[Step]] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "```console" {
        isInside = true
        blocks.append([])
      } else if line == "```" {
        isInside = false
      } else if isInside, let prompt = line.prefixMatch(of: #/([a-z]*)\$ /#) {
        blocks[blocks.count - 1].append(
          Step(machine: String(prompt.1), command: String(line[prompt.range.upperBound...])))
      } else if isInside, let block = blocks.indices.last, let step = blocks[block].indices.last {
        blocks[block][step].expected.append(line)
      }
    }
    return blocks
  }
}
