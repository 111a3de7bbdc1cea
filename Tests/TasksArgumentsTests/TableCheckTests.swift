import TasksArguments
import Testing

@Suite struct TableCheckTests {
  @Test func theSampleHasNoProblems() {
    #expect(sample.problems() == [])
  }

  @Test(arguments: [
    (command("add", aliases: ["add"]), "add: names more than one command"),
    (command("Add"), "Add: not a name for a command"),
    (command("add", summary: "Adds."), "add: summary ends with a full stop"),
    (command("add", summary: " "), "add: summary: no text"),
    (command("add", summary: "a\u{1B}"), "add: summary: holds a control character"),
    (command("add", synopsis: []), "add: no synopsis"),
    (command("add", synopsis: ["ad X"]), "add: synopsis does not start with its name: ad X"),
    (command("add", description: []), "add: no description"),
    (command("add", examples: []), "add: no example"),
    (command("add", examples: ["tasks list"]), "add: example `tasks list`: does not call it"),
    (command("add", examples: ["tasks add '"]), "add: example `tasks add '`: a quote is left open"),
    (command("add", options: [option("x"), option("x")]), "add --x: declared twice"),
    (command("add", options: [option("store")]), "add --store: declared twice"),
    (command("add", options: [option("x", short: "v")]), "add -v: declared twice"),
    (command("add", options: [option("x", short: "é")]), "add --x: -é is neither letter nor digit"),
    (command("add", options: [option("x", help: "")]), "add --x: no text"),
    (command("add", options: [option("-x")]), "add ---x: not a name for an option"),
    (
      command("add", options: [option("x", choices: ["a"])]),
      "add --x: a flag has no values to choose from"
    ),
    (command("add", options: [option("x", value: "v")]), "add --x: value v not in capitals"),
    (
      command("add", options: [option("x", short: "x")], dashWords: .operands),
      "add -x: can never be given, such words are operands"
    ),
    (
      command("add", operands: [OperandDeclaration("X", help: "x", minimum: 2, maximum: 1)]),
      "add X: no number of words is right"
    ),
  ])
  func faultsAreFound(command: CommandDeclaration, expected: String) {
    #expect(table(command).problems().contains(expected))
  }

  @Test func anExampleThatDoesNotParseIsFound() throws {
    let broken = command("add", examples: ["echo x | tasks add --bogus"])
    let problem = try #require(table(broken).problems().first)
    #expect(problem.contains("tasks add --bogus") && problem.contains("unknownOption"))
  }

  @Test func aTableWithoutReleaseOrDefaultIsFaulty() {
    let table = CommandTable(
      program: "tasks", summary: "x", version: "1", released: "soon", description: ["x"],
      globals: [], commands: [], topics: [Topic("T", []), Topic("T", ["x"])])
    #expect(
      table.problems() == [
        "tasks: released is not a day such as 2026-01-31", "topic T: declared twice",
        "topic T: empty", "list: is the default, but not declared",
      ])
  }
}

private func table(_ command: CommandDeclaration) -> CommandTable {
  CommandTable(
    program: sample.program, summary: sample.summary, version: "1", released: "2026-01-31",
    description: ["x"], globals: sample.globals,
    commands: [command] + sample.commands.filter { $0.name == "list" }, topics: [])
}

private func option(
  _ long: String, short: Character? = nil, value: String? = nil, help: String = "x",
  choices: [String] = []
) -> OptionDeclaration {
  OptionDeclaration(long, short: short, value: value, help: help, choices: choices)
}

private func command(
  _ name: String, aliases: [String] = [], summary: String = "x", synopsis: [String]? = nil,
  description: [String] = ["x"], operands: [OperandDeclaration] = [],
  options: [OptionDeclaration] = [], examples: [String]? = nil, dashWords: DashWords = .options
) -> CommandDeclaration {
  CommandDeclaration(
    name: name, aliases: aliases, group: .care, summary: summary, synopsis: synopsis ?? [name],
    description: description, operands: operands, options: options,
    examples: (examples ?? ["tasks \(name)"]).map { Example($0, "x") }, dashWords: dashWords)
}
