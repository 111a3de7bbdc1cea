import Foundation

/// What a document says that people type, and what they are said to see.
///
/// A block marked as `console` is run. A line with a prompt is a command: `$` on the only machine there is, `laptop$` on the
/// one of that name; lines that start with `> ` right behind it go on with it. The other lines are what it prints.
///
/// A comment before a block may say what is out of sight: `<!-- laptop$ COMMAND -->` is run, too, and must succeed;
/// `<!-- clock: 2025-11-20 09:00 -->` sets the clock of all machines, `<!-- clock of laptop: … -->` that of one.
struct Transcript {
  struct Step {
    /// The machine whose prompt it is; nothing if there is only one.
    let machine: String
    var command: String
    /// What it prints; nil if it is out of sight.
    var expected: [String]?
    /// The lines of the document that hold what it prints.
    var lines: Range<Int>

    /// Questions that it asks on a terminal, and what is answered there.
    var answers: [(question: String, answer: String)] {
      (expected ?? []).compactMap { line in
        if let asked = line.wholeMatch(of: #/(.*\[y/N\] )(\w*)/#) {
          return (String(asked.1), asked.2 + "\n")
        }
        guard line.contains(#/^(New passphrase|Passphrase) for .*:$|^Once more:$/#) else {
          return nil
        }
        return (line, Transcript.passphrase + "\n")
      }
    }
  }

  enum Event {
    case step(Step)
    /// The clock of one machine, or of all.
    case clock(machine: String?, String)
  }

  /// What begins on new machines: all that stands under one heading, or in the whole document.
  struct Scene {
    var events: [Event] = []
    /// The text of its commands and of what they print.
    var text = ""

    var usesServer: Bool { text.contains("nas:") || text.contains("nas$ ") }
    /// Whether its machines have never spoken to the server.
    var isNewToServer: Bool { text.contains("'nas' is not known") }

    /// The programs of others that its commands need, of those that not every machine has.
    var programs: [String] {
      let words = events.flatMap { event -> [Substring] in
        if case .step(let step) = event { step.command.split(separator: " ") } else { [] }
      }
      return ["jq", "task", "zstd"].filter { words.contains($0[...]) }
    }
  }

  enum Fault: Error {
    case unclosedBlock(line: Int)
    case outputWithoutCommand(line: Int)
  }

  /// What is typed where a passphrase is asked for, which a terminal does not show.
  static let passphrase = "correct horse battery staple"

  let lines: [String]
  private(set) var scenes = [Scene()]
  /// The lines of blocks marked as `sh`, with their numbers: they are not run.
  private(set) var unrun: [(line: Int, text: String)] = []

  /// - Parameter isOneScene: whether headings change nothing.
  init(_ text: String, isOneScene: Bool) throws {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var block: (kind: String, start: Int)?
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        block = block == nil ? (String(line.dropFirst(3)), number) : nil
      } else if let block {
        switch block.kind {
        case "console": try read(line, at: number, isFirst: number == block.start + 1)
        case "sh": unrun.append((number, line))
        default: break
        }
      } else if line.hasPrefix("## "), !isOneScene {
        scenes.append(Scene())
      } else if let comment = line.wholeMatch(of: #/<!-- (.*) -->/#) {
        read(comment: String(comment.1))
      }
    }
    if let block { throw Fault.unclosedBlock(line: block.start + 1) }
    scenes.removeAll { $0.events.isEmpty }
  }

  private mutating func read(_ line: String, at number: Int, isFirst: Bool) throws {
    let scene = scenes.count - 1
    scenes[scene].text += line + "\n"
    if let prompt = line.prefixMatch(of: #/([a-z]*)\$ /#) {
      scenes[scene].events.append(
        .step(
          Step(
            machine: String(prompt.1), command: String(line[prompt.range.upperBound...]),
            expected: [], lines: number + 1..<number + 1)))
      return
    }
    guard !isFirst, let last = scenes[scene].events.indices.last,
      case .step(var step) = scenes[scene].events[last]
    else { throw Fault.outputWithoutCommand(line: number + 1) }
    if line.hasPrefix("> "), step.expected == [] {
      step.command += "\n" + line.dropFirst(2)
      step.lines = number + 1..<number + 1
    } else {
      step.expected?.append(line)
      step.lines = step.lines.lowerBound..<number + 1
    }
    scenes[scene].events[last] = .step(step)
  }

  private mutating func read(comment: String) {
    let scene = scenes.count - 1
    if let clock = comment.wholeMatch(of: #/clock(?: of ([a-z]+))?: (\d{4}-\d\d-\d\d \d\d:\d\d)/#) {
      scenes[scene].events.append(.clock(machine: clock.1.map(String.init), String(clock.2)))
    } else if let hidden = comment.wholeMatch(of: #/([a-z]*)\$ (.*)/#) {
      scenes[scene].text += comment + "\n"
      scenes[scene].events.append(
        .step(
          Step(
            machine: String(hidden.1), command: String(hidden.2), expected: nil, lines: 0..<0)))
    }
  }
}
