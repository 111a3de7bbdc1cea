import Foundation
import TasksArguments
import TasksCLI
import Testing

/// What is made from the command table and checked in.
@Suite struct GeneratedFilesTests {
  private static func checkedIn(_ path: String) throws -> String {
    try String(contentsOfFile: "\(Machine.sources)/\(path)", encoding: .utf8)
  }

  @Test func theTableHasNoFaults() {
    #expect(Program.table.problems() == [])
  }

  @Test(arguments: generatedFiles(for: Program.table).map(\.path))
  func whatIsCheckedInIsNotStale(path: String) throws {
    let made = try #require(generatedFiles(for: Program.table).first { $0.path == path }).text
    #expect(
      (try? Self.checkedIn(path)) == made, "\(path) is stale: run 'make generate' and commit it")
  }

  @Test func nothingIsLeftOver() throws {
    let made = Set(generatedFiles(for: Program.table).map(\.path))
    for folder in ["man", "completions"] {
      for name in try FileManager.default.contentsOfDirectory(
        atPath: "\(Machine.sources)/\(folder)")
      {
        #expect(made.contains("\(folder)/\(name)"), "\(folder)/\(name) comes from no command")
      }
    }
  }

  @Test(
    .enabled(if: Machine.isInstalled("mandoc"), "mandoc is not installed"),
    arguments: generatedFiles(for: Program.table).map(\.path).filter { $0.hasPrefix("man/") })
  func theManualIsCleanRoff(path: String) throws {
    let outcome = try Machine().shell(
      "cd \"$1\" && mandoc -T lint -W warning \"$2\"", Machine.sources, path)
    #expect(outcome.status == 0 && outcome.output == "", "\(outcome)")
  }

  @Test(arguments: [
    ("bash", "bash -n", "tasks.bash"), ("zsh", "zsh -n", "_tasks"),
    ("fish", "fish --no-execute", "tasks.fish"), ("shellcheck", "shellcheck -s bash", "tasks.bash"),
  ])
  func shellsReadTheirCompletions(shell: String, command: String, file: String) throws {
    guard Machine.isInstalled(shell) else { return }
    let outcome = try Machine().shell("\(command) \"$1\"", "\(Machine.sources)/completions/\(file)")
    #expect(outcome.status == 0 && outcome.output == "" && outcome.errors == "", "\(outcome)")
  }

  @Test(arguments: [("bash", "tasks.bash"), ("zsh", "_tasks"), ("fish", "tasks.fish")])
  func theProgramPrintsTheSameCompletions(shell: String, file: String) throws {
    #expect(
      try Machine().run("completions", shell).succeeded().output
        == Self.checkedIn("completions/\(file)"))
  }

  @Test func everyExampleRuns() throws {
    // What edits by hand, stays, or names what is not there, is only parsed: that the table's check does.
    for command in Program.table.commands
    where !["edit", "import", "completions", "clone", "watch", "serve"].contains(command.name) {
      for example in command.examples
      where !example.call.contains("3f2a") && !example.call.contains("4a67") {
        let machine = try Machine()
        try machine.run("add", "--stdin", input: (1...9).map { "t\($0)" }.joined(separator: "\n"))
        if example.call.contains("--remove") { try machine.run("note", "3", "x") }
        if ["push", "pull", "sync"].contains(command.name) {
          for name in ["origin", "usb"] {
            try machine.run("remote", "add", name, "\(machine.home)/\(name)").succeeded()
            try machine.run("push", name).succeeded()
          }
        }
        let call = example.call.replacing("/media/stick", with: machine.home)
        if call.contains("apply") {
          try machine.run("bundle", "create", machine.home + "/tasks.tasks").succeeded()
        }
        let outcome = try machine.shell(call)
        #expect(outcome.status == 0, "\(example.call): \(outcome)")
      }
    }
  }
}
