import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// Options that mean the same wherever they stand.
enum CommonOptions {
  static let json = OptionDeclaration("json", help: "Print one JSON document instead.")
  static let jsonLines = OptionDeclaration(
    "jsonl", help: "Print JSON instead, one object on each line.")

  /// The operand of commands that work on tasks.
  static func ids(_ completion: StoredKind = .tasks) -> OperandDeclaration {
    OperandDeclaration(
      "ID", help: "The tasks: numbers, ids, lists and ranges such as 3-6,9.", minimum: 1,
      completion: .stored(completion))
  }
}

extension ParsedArguments {
  /// The form of data that was asked for; nil if it is for people.
  var dataFormat: DataFormat? {
    get throws(Failure) {
      let isJSON = has(CommonOptions.json)
      let isJSONLines = has(CommonOptions.jsonLines)
      guard !(isJSON && isJSONLines) else { throw .usage("--json and --jsonl exclude each other") }
      return isJSON ? .json : isJSONLines ? .jsonLines : nil
    }
  }

  var isJSON: Bool { has(CommonOptions.json) }
}

extension Session {
  /// Shows what an editing command came to: a line for each task, or the tasks as data.
  func report(
    _ tasks: [TaskRecord], asJSON: Bool, _ line: (TaskRecord) -> String
  ) throws {
    if asJSON {
      try DataFormat.json.write(tasks, to: output, append: TaskJSON.append)
    } else {
      for task in tasks { try output.line(line(task)) }
    }
  }

  /// How a task is called in a message: `task 3: Buy milk`, or by its id if it has no number.
  func name(_ task: TaskRecord) -> String {
    let number = task.number.map(String.init) ?? task.id.short
    return "task \(number): \(visible(task.title ?? "(no title yet)"))"
  }
}
