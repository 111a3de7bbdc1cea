import Foundation
import Testing

/// The transcripts of the documentation show what really happens.
@Suite struct TranscriptTests {
  /// A command of a transcript and what it is said to print.
  struct Step: CustomTestStringConvertible, Sendable {
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
      let machine = try Machine()
      for step in block {
        let outcome = try machine.shell(
          "exec 2>&1; exec faketime \"$1\" bash -c \"$2\"", Self.day, step.command)
        #expect(
          outcome.lines.map(Self.masked) == step.expected.map(Self.masked),
          "\(document): $ \(step.command)")
      }
    }
  }

  /// The ids of new tasks are drawn at random.
  private static func masked(_ line: String) -> String {
    line.replacing(/\([0-9a-f]{8}\)/, with: "(id)")
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
      } else if isInside, line.hasPrefix("$ ") {
        blocks[blocks.count - 1].append(Step(command: String(line.dropFirst(2))))
      } else if isInside, let block = blocks.indices.last, let step = blocks[block].indices.last {
        blocks[block][step].expected.append(line)
      }
    }
    return blocks
  }
}
