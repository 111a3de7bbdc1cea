import Foundation
import TasksArguments
import Testing

@Suite struct CompletionTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test(.enabled(if: isInstalled("shellcheck")), arguments: ["bash"])
  func shellcheckHasNothingToSay(shell: String) throws {
    let result = try run("shellcheck", ["-s", shell, "\(sandbox.path)/completions/tasks.bash"])
    #expect(result.output == "")
    #expect(result.status == 0)
  }

  @Test(arguments: [
    ("bash", ["-n"], "tasks.bash"), ("zsh", ["-n"], "_tasks"),
    ("fish", ["--no-execute"], "tasks.fish"),
  ])
  func shellsCanReadTheScripts(shell: String, flags: [String], file: String) throws {
    guard isInstalled(shell) else { return }
    let result = try run(
      shell, flags + ["\(sandbox.path)/completions/\(file)"], environment: sandbox.environment)
    #expect(result.output == "")
    #expect(result.status == 0)
  }

  /// The words are as bash cuts them, at `:` and `=`, too; the last is the one to complete.
  @Test(arguments: [
    (
      ["tasks", ""], ["add", "list", "edit", "done", "remote", "config", "import", "nasty", "help"]
    ),
    (["tasks", "l"], ["list"]),
    (["tasks", "--s"], ["--store"]),
    (["tasks", "add", "--p"], ["--project", "--priority"]),
    (["tasks", "a", "--js"], ["--json"]),
    (["tasks", "add", "--priority", ""], ["H", "M", "L"]),
    (["tasks", "add", "--priority", "=", "H"], ["H"]),
    (["tasks", "add", "--priority", "="], ["H", "M", "L"]),
    (["tasks", "add", "-p", "ho"], ["home", "home.garden"]),
    (["tasks", "add", "-p", "my"], [#"my\ work"#]),
    (["tasks", "add", "-p", #""my"#], ["my work"]),
    (["tasks", "add", "-jp", "ho"], ["home", "home.garden"]),
    (["tasks", "done", ""], ["1", "2", "12"]),
    (["tasks", "done", "3", "1"], ["1", "12"]),
    (["tasks", "--store", #"/a\ b"#, "done", ""], ["77"]),
    (["tasks", "--store", "=", #"/a\ b"#, "done", ""], ["77"]),
    (["tasks", "done", "--store", "'/a b'", ""], ["77"]),
    (["tasks", "--store", "/elsewhere", "done", ""], []),
    (["tasks", "list", "pr"], ["project:", "priority:"]),
    (["tasks", "list", "project", ":"], ["home", "home.garden", #"my\ work"#, "a:b"]),
    (["tasks", "list", "project", ":", "home."], ["home.garden"]),
    (["tasks", "list", "project", ":", "a", ":"], ["b"]),
    (["tasks", "list", "project:ho"], ["project:home", "project:home.garden"]),
    (["tasks", "list", "due", ":", "to"], ["today", "tomorrow"]),
    (["tasks", "list", "due.before", ":", "tom"], ["tomorrow"]),
    (["tasks", "list", "+s"], ["+shop"]),
    (["tasks", "list", "-s"], ["-shop"]),
    (["tasks", "edit", "1", "-l"], ["-later"]),
    (["tasks", "add", "-s"], []),
    (["tasks", "add", "--", "pr"], []),
    (["tasks", "remote", "i"], [#"it\'s"#]),
    (["tasks", "remote", "$"], [#"\$\(rm\)"#]),
    (["tasks", "remote", "add", ""], []),
    (["tasks", "config", "sy"], ["sync.auto"]),
    (["tasks", "nasty", "-o", "c", ":"], ["d"]),
    (["tasks", "help", "do"], ["done"]),
    (["tasks", "complete", ""], []),
  ])
  func bashCompletes(words: [String], expected: [String]) throws {
    // Cut-off pieces stand without blanks between them.
    let line = words.dropFirst().reduce("tasks") { line, word in
      let glued = ":=".contains(word) || (":=".contains(line.suffix(1)) && word != "")
      return line + (glued && !word.isEmpty ? "" : " ") + word
    }
    let script = #"""
      source "$1"
      COMP_LINE=$2 COMP_POINT=${#2}
      shift 2
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _tasks
      ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
      """#
    let result = try run(
      "bash",
      ["--norc", "-u", "-c", script, "bash", "\(sandbox.path)/completions/tasks.bash", line]
        + words, environment: sandbox.environment)
    #expect(result.output.split(separator: "\n").map(String.init) == expected)
  }

  @Test func bashListsTasksWithTheirTitles() throws {
    let script = #"""
      source "$1"
      COMP_TYPE=63 COMP_LINE='tasks done ' COMP_POINT=11 COMP_WORDS=(tasks done '') COMP_CWORD=2
      _tasks
      printf '%s\n' "${COMPREPLY[@]}"
      """#
    let result = try run(
      "bash", ["-c", script, "bash", "\(sandbox.path)/completions/tasks.bash"],
      environment: sandbox.environment)
    #expect(result.output == "1  Buy milk\n2  Call: Bob [now] \\x\n12  It is $(rm)\n")
  }

  @Test(
    .enabled(if: isInstalled("fish")),
    arguments: [
      ("tasks do", ["done\tClose tasks"]),
      ("tasks na", [#"nasty"# + "\t" + #"It's [a:b] $(rm) `c` 100% \d "e""#]),
      ("tasks list -s", ["-shop\turgent"]),
      ("tasks list project:my", ["project:my work\twork: all"]),
      ("tasks list due:tod", ["due:today"]),
      ("tasks add --priority=H", ["--priority=H\tUrgency"]),
      ("tasks add -- pro", []),
      ("tasks --store '/a b' done ", ["77\tElsewhere"]),
      ("tasks edit 1 -l", ["-later"]),
      ("tasks remote c", ["c:d"]),
      ("tasks remote add x", []),
    ])
  func fishCompletes(line: String, expected: [String]) throws {
    let result = try run(
      "fish",
      ["-N", "-c", "source $argv[1]; complete -C $argv[2]"]
        + ["\(sandbox.path)/completions/tasks.fish", line], environment: sandbox.environment)
    #expect(result.output.split(separator: "\n").map(String.init) == expected)
  }

  @Test func hiddenCommandsAndAliasesAreNotOffered() {
    let zsh = ZshCompletion(sample).text()
    #expect(zsh.hasPrefix("#compdef tasks\n"))
    #expect(!zsh.contains("'complete:"))
    #expect(!zsh.contains("'new:"))
    #expect(zsh.contains("'add:Add a task'"))
    #expect(!FishCompletion(sample).text().contains("-a complete"))
  }

  @Test func zshSpecificationsKeepBracketsAndColons() {
    let zsh = ZshCompletion(sample).text()
    #expect(zsh.contains(#"\[a\] {b} <c> a\:b"#))
    #expect(zsh.contains(#"\\fBz\\e $(rm -rf)"#))
    #expect(zsh.contains(#"'nasty:It'\''s [a:b] $(rm) `c` 100% \\d "e"'"#))
    #expect(zsh.contains("'*--tag=["))
    #expect(zsh.contains("'(-d --description)-d+["))
  }
}
