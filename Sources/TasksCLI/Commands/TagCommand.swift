import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `tag`: adds tags and takes them away.
struct TagCommand: Command {
  static let declaration = CommandDeclaration(
    name: "tag", group: .everyday, summary: "Add tags to tasks, or remove them",
    synopsis: ["tag [--json] ID... +TAG|-TAG..."],
    description: ["Adds each +TAG to the tasks and takes each -TAG away."],
    operands: [
      CommonOptions.ids(),
      OperandDeclaration("+TAG|-TAG", help: "A tag to add or remove.", completion: .attributes),
    ],
    options: [CommonOptions.json],
    examples: [Example("tasks tag 3-6 +home -work", "move tasks from work to home")],
    dashWords: .operands)

  private let names: TaskNames
  private let edits: Edits
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    let tags = words.drop { TaskNames.isName($0) }
    names = try TaskNames(Array(words.prefix(words.count - tags.count)))
    guard !names.isEmpty, !tags.isEmpty else {
      throw Failure.usage(
        names.isEmpty ? "ID is missing" : "no tag is given", hint: "tasks tag 3 +home -work")
    }
    var edits = Edits()
    for word in tags {
      switch word.unicodeScalars.first {
      case "+": try edits.addTag(word.behind("+") ?? "")
      case "-": try edits.removeTag(word.behind("-") ?? "")
      default:
        throw Failure.usage(
          "'\(word)' has no sign", hint: "+\(word) adds the tag, -\(word) removes it")
      }
    }
    self.edits = edits
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    let keys = try store.edit("tag", at: session.clock.now) { editor in
      let keys = try names.resolve(in: store)
      for key in keys {
        try store.record(of: key)?.refuseIfDeleted()
        try editor.update(key, edits)
      }
      return keys
    }
    try session.report(try store.records(of: keys), asJSON: isJSON) { task in
      let tags = task.tags.map { "+" + visible($0) }.joined(separator: " ")
      return "Tags of \(session.name(task)): \(tags.isEmpty ? "none" : tags)"
    }
  }
}
