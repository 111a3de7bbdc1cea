import TasksArguments
import TasksModel
import TasksProgram

/// `completions`: what makes a shell complete our words.
struct CompletionsCommand: Command {
  static let declaration = CommandDeclaration(
    name: "completions", group: .care, summary: "Print the completions for a shell",
    synopsis: ["completions bash|zsh|fish"],
    description: [
      "Prints a script that makes a shell complete commands, options, task numbers, projects and tags. An installed tasks has put them where the shells look; this is for one that was not installed."
    ],
    operands: [
      OperandDeclaration(
        "SHELL", help: "bash, zsh or fish.", minimum: 1, maximum: 1,
        completion: .words(["bash", "zsh", "fish"]))
    ],
    examples: [
      Example(
        "tasks completions bash > ~/.local/share/bash-completion/completions/tasks",
        "complete in bash from the next shell on")
    ])

  private let shell: String

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    shell = arguments.operands[0].text
    guard ["bash", "zsh", "fish"].contains(shell) else {
      throw Failure.usage("no completions for '\(shell)'", hint: "there are bash, zsh and fish")
    }
  }

  func run(in session: Session) throws {
    let text =
      switch shell {
      case "bash": BashCompletion(Program.table).text()
      case "zsh": ZshCompletion(Program.table).text()
      default: FishCompletion(Program.table).text()
      }
    try session.output.bytes { $0.append(contentsOf: text.utf8) }
  }
}
