import Foundation
import Testing

/// `edit ID` in an editor, which is a small shell script here.
///
/// Whatever happens there, no text is lost.
@Suite struct EditorTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    try machine.add("Buy milk", "+shop", "due:2031-05-01", "-d", "first\nsecond")
  }

  /// Runs `edit` with an editor that does this to the file `$1`.
  private func edit(_ script: String, with changes: [String: String?] = [:]) throws -> Outcome {
    let editor = try machine.file("editor", "#!/bin/sh\nset -e\n\(script)\n", mode: 0o755)
    return try machine.run(
      ["edit", "1"], with: ["EDITOR": "/bin/sh '\(editor)'"].merging(changes) { $1 })
  }

  /// The file that a failure names.
  private func keptText(_ outcome: Outcome) throws -> String {
    let hint = try #require(outcome.errorLines.last)
    let path = try #require(hint.split(separator: " ").last.map(String.init))
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  private var leftovers: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: "\(machine.home)/tmp") }
  }

  @Test func theFormShowsTheTaskAndWhatIsChangedIsWritten() throws {
    let outcome = try edit(
      """
      cp "$1" seen
      sed -i -e 's/^title:.*/title: Buy oat milk/' -e 's/^due:.*/due: 2031-06-01 14:30/' \\
        -e 's/^tags:.*/tags: shop now/' -e 's/^priority:.*/priority: h/' -e 's/^second$/third/' "$1"
      """)
    #expect(
      outcome.succeeded().output
        == "Changed description, due, priority, tag now, title of task 1: Buy oat milk\n")
    let seen = try machine.shell("cat seen").output
    for line in ["title: Buy milk", "due: 2031-05-01", "wait:", "tags: shop", "first", "second"] {
      #expect(seen.contains("\n\(line)\n"), "\(seen)")
    }
    let task = try machine.task("1")
    #expect(task.title == "Buy oat milk")
    #expect(task.due == "2031-06-01T14:30:00.000Z")
    #expect(task.tags == ["now", "shop"])
    #expect(task.priority == "H")
    #expect(task.description == "first\nthird")
    #expect(try leftovers.isEmpty)
  }

  @Test func emptyLinesTakeValuesAway() throws {
    try edit(
      "sed -i -e 's/^due:.*/due:/' -e 's/^tags:.*/tags:/' -e '/^first/d' -e '/^second/d' \"$1\""
    )
    .succeeded()
    let task = try machine.task("1")
    #expect(task.due == nil && task.tags.isEmpty && task.description == nil)
  }

  @Test(arguments: [
    "true", "sed -i '1,/^# ----/s/$/ /' \"$1\"", "touch \"$1\"", "sed -i 's/$/\\r/' \"$1\"",
  ])
  func noChangeWritesNothing(script: String) throws {
    let before = try machine.dump()
    let outcome = try edit(script).succeeded()
    #expect(outcome.output == "")
    #expect(outcome.errors == "It is like that already: task 1: Buy milk\n")
    #expect(try machine.dump() == before)
    #expect(try leftovers.isEmpty)
  }

  @Test func windowsLineEndsAreNoPartOfTheText() throws {
    try edit(
      "sed -i -e 's/^title:.*/title: Buy oat milk/' -e 's/^first/zeroth/' -e 's/$/\\r/' \"$1\""
    ).succeeded()
    let task = try machine.task("1")
    #expect(task.title == "Buy oat milk")
    #expect(task.description == "zeroth\nsecond")
    #expect(task.due == "2031-05-01")
  }

  @Test(arguments: [
    ("s/^due:.*/due: sometime/", "'sometime' is not a date"),
    ("s/^due:.*/due: 2031-02-30/", "there is no such date or time: '2031-02-30'"),
    ("s/^title:.*/title:/", "the title is empty"),
    ("s/^priority:.*/priority: X/", "'X' is no priority"),
    ("/^# ----/d", "the line above the description is missing"),
    ("s/^title:/titel:/", "line 4 is not understood: titel: Buy milk"),
    ("s/^tags:.*/tags: a,b/", "',' cannot be part of a tag"),
    ("s/^title:.*/title: \\xff\\xfe/", "the edited text is not valid UTF-8"),
  ])
  func aBadEditChangesNothingAndKeepsTheText(change: String, message: String) throws {
    let before = try machine.dump()
    let outcome = try edit("echo 'my long thoughts' >> \"$1\"; LC_ALL=C sed -i '\(change)' \"$1\"")
    outcome.failed(2, message)
    #expect(
      outcome.errorLines.last?.hasPrefix("hint: nothing was changed; your text is in ") == true)
    #expect(try keptText(outcome).contains("my long thoughts"))
    #expect(try machine.dump() == before)
  }

  @Test func anEditThatIsMadeIsNotDeniedForWantOfOutput() throws {
    let editor = try machine.file(
      "editor", "#!/bin/sh\nhead -c 60000 /dev/zero | tr '\\0' '\"' >>\"$1\"\n", mode: 0o755)
    let outcome = try machine.shell(
      "tasks edit 1 --json >/dev/full", with: ["EDITOR": "/bin/sh '\(editor)'"]
    ).failed(1)
    #expect(outcome.errors.contains("the edit was made"), "\(outcome)")
    #expect(!outcome.errors.contains("nothing was changed"), "\(outcome)")
    #expect(try machine.task("1").description?.utf8.count ?? 0 > 60_000)
    #expect(try leftovers == [])
  }

  @Test(arguments: [("exit 3", "ended with status 3"), ("kill -9 $PPID", "was ended by signal 9")])
  func anEditorThatFailsChangesNothingAndKeepsTheText(script: String, how: String) throws {
    let before = try machine.dump()
    let outcome = try edit("echo 'my long thoughts' >> \"$1\"; \(script)").failed(1)
    #expect(outcome.errors.contains(how))
    #expect(try keptText(outcome).contains("my long thoughts"))
    #expect(try machine.dump() == before)
  }

  @Test func aFileTheEditorRemovedIsSaidSo() throws {
    let before = try machine.dump()
    try edit("rm \"$1\"").failed(1)
    #expect(try machine.dump() == before)
  }

  @Test func thereMustBeAnEditor() throws {
    let before = try machine.dump()
    let outcome = try machine.run("edit", "1", with: ["EDITOR": "/nonexistent/editor"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("/nonexistent/editor"))
    #expect(try machine.dump() == before)
  }

  @Test func visualComesBeforeEditorAndMayHaveOptions() throws {
    try machine.file(
      "my editor", "#!/bin/sh\n[ \"$1\" = --wait ] && sed -i 's/milk/oats/' \"$2\"\n", mode: 0o755)
    try edit("exit 1", with: ["VISUAL": "/bin/sh '\(machine.home)/my editor' --wait"]).succeeded()
    #expect(try machine.task("1").title == "Buy oats")
  }

  /// Somebody edits the task in another terminal while the editor is open.
  @Test func anEditThatCameInBetweenIsNotOverwritten() throws {
    try edit(
      """
      tasks edit 1 --title 'Buy soy milk' +urgent due:2031-07-01 >&2
      sed -i -e 's/^priority:.*/priority: H/' -e 's/^second$/third/' "$1"
      """
    ).succeeded()
    let task = try machine.task("1")
    #expect(task.title == "Buy soy milk")
    #expect(task.tags == ["shop", "urgent"])
    #expect(task.due == "2031-07-01")
    #expect(task.priority == "H")
    #expect(task.description == "first\nthird")
  }

  /// Both changed the title: both stay, as on two devices.
  @Test func twoEditsOfTheSameFieldAreBothKept() throws {
    try edit(
      "tasks edit 1 --title 'Buy soy milk' >&2; sed -i 's/^title:.*/title: Buy oats/' \"$1\""
    )
    .succeeded()
    #expect(try machine.task("1").title == "Buy oats")
    #expect(
      try machine.sqlite("SELECT value FROM writes WHERE field = 'title' ORDER BY wins DESC")
        == "\"Buy oats\"\n\"Buy soy milk\"")
  }

  @Test func aTaskDeletedMeanwhileIsNotBroughtBackSilently() throws {
    let outcome = try edit("tasks delete 1 >&2; sed -i 's/^title:.*/title: Buy oats/' \"$1\"")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try machine.task("1").isDeleted)
    #expect(try keptText(outcome).contains("Buy oats"), "nothing that was typed is lost")
  }

  @Test func aBusyStoreDoesNotLoseWhatWasTyped() throws {
    let outcome = try edit(
      """
      (echo 'BEGIN IMMEDIATE;'; sleep 8) | sqlite3 '\(machine.database)' >/dev/null 2>&1 &
      sleep 0.5
      sed -i 's/^title:.*/title: Buy oats/' "$1"
      """
    ).failed(11, "another process has kept the tasks locked for 5 seconds")
    #expect(try keptText(outcome).contains("title: Buy oats"))
    #expect(try machine.task("1").title == "Buy milk")
  }

  @Test func severalTasksDoNotOpenAnEditor() throws {
    try machine.add("other")
    try machine.run("edit", "1-2", with: ["EDITOR": "touch opened"]).failed(2)
    #expect(!FileManager.default.fileExists(atPath: "\(machine.home)/opened"))
  }

  @Test(arguments: [
    ("n\n", 2, "Buy milk"), ("y\n", 0, "Buy oats"), ("\n", 0, "Buy oats"),
  ])
  func atATerminalABadEditCanBeCorrected(answer: String, status: Int32, title: String) throws {
    let editor = try machine.file(
      "editor",
      """
      #!/bin/sh
      if [ -e tried ]; then sed -i 's/^due:.*/due:/' "$1"; else touch tried
      sed -i -e 's/^due:.*/due: sometime/' -e 's/^title:.*/title: Buy oats/' "$1"; fi
      """, mode: 0o755)
    let outcome = try machine.terminal(
      "edit", "1", typing: answer, with: ["EDITOR": "/bin/sh '\(editor)'"])
    #expect(outcome.status == status, "\(outcome)")
    #expect(outcome.output.contains("Edit again? [Y/n]"))
    #expect(try machine.task("1").title == title)
    #expect(try leftovers.count == (status == 0 ? 0 : 1))
  }
}
