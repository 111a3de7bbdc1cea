import TasksArguments
import Testing

/// What a command line came to, in a form that tests can compare: `add{json= tag=a,b} milk --literal`.
func outcome(_ words: [String], in table: CommandTable = sample) throws(ArgumentError) -> String {
  switch try ArgumentParser(table).parse(words) {
  case .version: return "version"
  case .help(let command, let isLong): return "\(isLong ? "long" : "short") \(command?.name ?? "-")"
  case .run(let arguments):
    let values = arguments.values.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value.joined(separator: ","))" }
    let operands = arguments.operands.map { $0.isLiteral ? "'\($0.text)" : $0.text }
    return (["\(arguments.command.name){\(values.joined(separator: " "))}"] + operands)
      .joined(separator: " ")
  }
}

@Suite struct ArgumentParserTests {
  @Test(arguments: [
    ([], "list{}"),
    (["-v"], "list{verbose=}"),
    (["--store", "x"], "list{store=x}"),
    (["-q", "add", "-v", "milk"], "add{quiet= verbose=} milk"),
    (["add", "milk", "--store=x"], "add{store=x} milk"),
    (["a", "milk"], "add{} milk"),
    (["--all"], "list{all=}"),
    (["-v", "--all", "+shop"], "list{all= verbose=} +shop"),
    (["+shop", "milk"], "list{} +shop milk"),
    (["project:home"], "list{} project:home"),
  ])
  func globalOptionsStandAnywhereAndListIsTheDefault(words: [String], expected: String) throws {
    #expect(try outcome(words) == expected)
  }

  @Test(arguments: [
    (["add", "-d", "x", "t"], "add{description=x} t"),
    (["add", "-dx", "t"], "add{description=x} t"),
    (["add", "--description", "x", "t"], "add{description=x} t"),
    (["add", "--description=x", "t"], "add{description=x} t"),
    (["add", "--description=", "t"], "add{description=} t"),
    (["add", "--description=a=b", "t"], "add{description=a=b} t"),
    (["add", "--description=\u{301}x", "t"], "add{description=\u{301}x} t"),
    (["add", "-jsd", "x", "t"], "add{description=x json= stdin=} t"),
    (["add", "-jdsx", "t"], "add{description=sx json=} t"),
    (["add", "-d=x", "t"], "add{description==x} t"),
    (["add", "-ta", "--tag", "b", "t"], "add{tag=a,b} t"),
    (["add", "-d", "-x", "t"], "add{description=-x} t"),
    (["add", "--description", "--json", "t"], "add{description=--json} t"),
    (["add", "-d", "--", "t"], "add{description=--} t"),
    (["-vv", "-v"], "list{verbose=,,}"),
  ])
  func valuesAreAttachedOrTheNextWord(words: [String], expected: String) throws {
    #expect(try outcome(words) == expected)
  }

  @Test(arguments: [
    (["add", "--", "-d", "--", "--help"], "add{} '-d '-- '--help"),
    (["add", "a", "--", "+x"], "add{} a '+x"),
    (["add", "-"], "add{} -"),
    (["add", ""], "add{} "),
    (["--", "add", "--json"], "add{} '--json"),
    (["--"], "list{}"),
  ])
  func doubleDashEndsOptions(words: [String], expected: String) throws {
    #expect(try outcome(words) == expected)
  }

  @Test(arguments: [
    (["list", "-home", "-x", "-v", "--all"], "list{all=} -home -x -v"),
    (["edit", "3", "-d", "text", "-home"], "edit{description=text} 3 -home"),
    (["edit", "3", "-dtext", "-v"], "edit{verbose=} 3 -dtext"),
    (["edit", "3", "-é́x"], "edit{} 3 -é́x"),
    (["-v", "ls", "-v"], "list{verbose=} -v"),
  ])
  func commandsDecideAboutWordsWithADash(words: [String], expected: String) throws {
    #expect(try outcome(words) == expected)
  }

  @Test(arguments: [
    (["-h"], "short -"), (["--help"], "long -"), (["--version"], "version"),
    (["--help", "add"], "long add"), (["-h", "ls"], "short list"),
    (["add", "--help"], "long add"), (["add", "-h"], "short add"), (["add", "-jh"], "short add"),
    (["add", "x", "--help", "--bogus"], "long add"), (["list", "--help"], "long list"),
    (["remote", "a", "b", "c", "d", "--help"], "long remote"),
    (["-h", "--version"], "short -"), (["edit", "-h"], "short edit"),
    (["list", "-home", "-h"], "short list"), (["-vh"], "short -"),
    (["add", "--version"], "version"),
  ])
  func helpAndVersionWinOverWhatIsMissing(words: [String], expected: String) throws {
    #expect(try outcome(words) == expected)
  }

  @Test(
    arguments: [
      (["ad"], .unknownCommand("ad", nearest: "add")),
      (["lits"], .unknownCommand("lits", nearest: "list")),
      (["l"], .unknownCommand("l", nearest: "ls")),
      (["ADD"], .unknownCommand("ADD", nearest: "add")),
      (["complet"], .unknownCommand("complet", nearest: nil)),
      (["zzz"], .unknownCommand("zzz", nearest: nil)),
      (["x"], .unknownCommand("x", nearest: nil)),
      ([""], .unknownCommand("", nearest: nil)),
      (["-"], .unknownCommand("-", nearest: nil)),
      (["-h", "ad"], .unknownCommand("ad", nearest: "add")),
      (["--stor"], .unknownOption("--stor", command: nil, nearest: "--store")),
      (["--json"], .unknownOption("--json", command: nil, nearest: nil)),
      (["add", "--jsno=x"], .unknownOption("--jsno", command: "add", nearest: "--json")),
      (["add", "--hlep"], .unknownOption("--hlep", command: "add", nearest: "--help")),
      (["add", "-jx"], .unknownOption("-x", command: "add", nearest: nil)),
      (["add", "-verbos"], .unknownOption("-verbos", command: "add", nearest: "--verbose")),
      (["edit", "3", "-x"], .unknownOption("-x", command: "edit", nearest: nil)),
      (["add", "-d"], .missingValue(option: "-d", value: "TEXT")),
      (["add", "--tag"], .missingValue(option: "--tag", value: "TAG")),
      (["add", "--json=x", "t"], .unexpectedValue(option: "--json")),
      (["--help=x"], .unexpectedValue(option: "--help")),
      (["add", "-d", "a", "--description=b"], .repeatedOption("--description")),
      (["-q", "add", "t", "-q"], .repeatedOption("-q")),
      (["-qq"], .repeatedOption("-q")),
      (
        ["add", "--priority", "X", "t"],
        .notAChoice(option: "--priority", value: "X", choices: ["H", "M", "L"])
      ),
      (["add"], .missingOperand("TITLE", command: "add")),
      (["remote"], .missingOperand("ACTION", command: "remote")),
      (["remote", "a", "b", "c", "d", "e"], .unexpectedOperand("d", command: "remote")),
    ] as [([String], ArgumentError)])
  func mistakesAreNamedAsTyped(words: [String], expected: ArgumentError) {
    #expect(throws: expected) { try outcome(words) }
  }

  @Test func aMinimumBehindAnOptionalOperandIsCounted() throws {
    let copy = CommandDeclaration(
      name: "list", group: .care, summary: "", synopsis: [], description: [],
      operands: [
        OperandDeclaration("NAME", help: "", maximum: 1),
        OperandDeclaration("URL", help: "", minimum: 1, maximum: 1),
      ])
    let table = CommandTable(
      program: "x", summary: "", version: "", description: [], globals: [], commands: [copy],
      topics: [])
    #expect(try outcome(["list", "a"], in: table) == "list{} a")
    #expect(throws: ArgumentError.missingOperand("URL", command: "list")) {
      try outcome([], in: table)
    }
    #expect(throws: ArgumentError.unexpectedOperand("c", command: "list")) {
      try outcome(["list", "a", "b", "c"], in: table)
    }
  }
}
