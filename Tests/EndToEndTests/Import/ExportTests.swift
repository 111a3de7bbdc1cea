import Foundation
import Testing

@Suite struct ExportTests {
  private static let formats = ["taskwarrior", "todo.txt", "ics", "csv", "jsonl"]

  private func machine() throws -> Machine {
    let machine = try Machine(["TZ": "Europe/Berlin"])
    try machine.add("Buy", "milk", "+shop", "priority:H", "project:home.kitchen", "due:2031-05-01")
    try machine.add("Call \"Ann\", then; go", "-d", "one\ntwo, \\three", "wait:2031-05-01T10:00")
    try machine.add("--", "+1 for (A) due:soon", "ünï 👍")
    try machine.add("Finished", "+a")
    try machine.add("Gone")
    try machine.run("note", "2", "She said: \"no\"").succeeded()
    try machine.run("done", "4").succeeded()
    try machine.run("delete", "5").succeeded()
    return machine
  }

  @Test(arguments: formats)
  func whatIsExportedIsTheSameTasksElsewhere(format: String) throws {
    let machine = try machine()
    let other = try Machine(["TZ": "Europe/Berlin"])
    let outcome = try machine.run("export", "--format", format).succeeded()
    // Without a word about what it is.
    try other.run("import", input: outcome.output).succeeded()
    let sent = try machine.run("list", "--all", "--json", "--sort", "title").tasks()
    let got = try other.run("list", "--all", "--json", "--sort", "title").tasks()
    try #require(sent.count == 4 && got.count == 4)
    for (sent, got) in zip(sent, got) {
      #expect(got.id == sent.id && got.title == sent.title && got.project == sent.project)
      #expect(got.priority == sent.priority && got.due == sent.due && got.wait == sent.wait)
      #expect(got.tags == sent.tags && got.completed == sent.completed)
      guard format != "todo.txt" else { continue }
      #expect(
        got.description == sent.description && got.notes.map(\.text) == sent.notes.map(\.text))
      guard format == "jsonl" || format == "csv" else { continue }
      #expect(got.createdAt == sent.createdAt && got.updatedAt == sent.updatedAt)
      #expect(got.completedAt == sent.completedAt && got.notes == sent.notes)
    }
    try other.expectSound()
  }

  @Test(arguments: formats)
  func importingOnesOwnExportChangesNothing(format: String) throws {
    let machine = try machine()
    let path = "\(machine.home)/out"
    try machine.run("export", "--format", format, "-o", path).succeeded()
    let before = try machine.dump()
    for _ in 0..<2 {
      let outcome = try machine.run("import", path).succeeded()
      #expect(outcome.output == "Imported 4 tasks: 0 new, 0 changed, 4 as they were.\n")
      #expect(outcome.errors == "")
    }
    #expect(try machine.dump() == before)
  }

  @Test func whatOneFormatHasNoPlaceForIsCounted() throws {
    let machine = try machine()
    let outcome = try machine.run("export", "--format", "todo.txt", "--with-deleted").succeeded()
    #expect(
      outcome.errors == """
        1 description is not in the file: todo.txt has none.
        1 note is not in the file: todo.txt has none.
        1 deleted task is not in the file: todo.txt has none.

        """)
    #expect(outcome.output.split(separator: "\n").count == 4)
  }

  @Test func filtersSayWhatIsExported() throws {
    let machine = try machine()
    func count(_ words: String...) throws -> Int {
      try machine.run(["export"] + words).succeeded().output.split(separator: "\n").count
    }
    #expect(try count() == 4)
    #expect(try count("+shop") == 1)
    #expect(try count("--completed") == 1)
    #expect(try count("--deleted") == 1)
    #expect(try count("--with-deleted") == 5)
    #expect(try count("project:home", "or", "Finished") == 2)
    try machine.run("export", "--plain").failed(2)
    try machine.run("export", "--with-deleted", "--deleted").failed(2)
    try machine.run("export", "--format", "yaml").failed(2)
  }

  @Test func aFileIsReplacedWhenTheNewOneIsWhole() throws {
    let machine = try machine()
    let path = try machine.file("out.csv", "old")
    #expect(try machine.run("export", "--format", "csv", "-o", path).succeeded().output == "")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("id,title,description,") && text.hasSuffix("\r\n"))
    #expect(try machine.shell("ls -A | grep part").output == "")
    try machine.run("export", "-o", "\(machine.home)/none/out").failed(1)
    try machine.run("export", "-o", machine.home).failed(1)
    // A link stays a link, also one that leads to nothing with a name.
    try machine.shell("ln -s out.csv link; ln -s nothing loose; ln -s /proc/self/fd/1 out")
      .succeeded()
    try machine.run("export", "-o", "\(machine.home)/link").succeeded()
    try machine.shell("test -L link && grep -q Buy out.csv && test ! -e nothing").succeeded()
    #expect(try machine.shell("tasks export -o out | cat").output.contains("Buy"))
    #expect(try machine.shell("tasks export -o loose").status == 1)
    try machine.shell("test -L out && test -L loose").succeeded()
  }

  @Test func aLineTickedOffInAnotherProgramIsDoneHere() throws {
    let machine = try machine()
    let path = "\(machine.home)/todo.txt"
    try machine.run("export", "--format", "todo.txt", "-o", path).succeeded()
    try machine.shell(
      "sed -i 's/^(A) \\(.*milk\\)/x 2031-01-01 \\1/; s/due:2031-05-01/due:2031-06-01/' todo.txt"
    )
    .succeeded()
    try machine.run("edit", "1", "due:2031-07-01").succeeded()
    let outcome = try machine.run("import", path).succeeded()
    #expect(outcome.output == "Imported 4 tasks: 0 new, 1 changed, 3 as they were.\n")
    #expect(outcome.errors == "Of 1 task something is newer here, and was kept.\n")
    let task = try machine.task("1")
    #expect(task.completed && task.due == "2031-07-01" && task.priority == "H")
  }

  @Test func aListOfTodoTxtComesBackAsItWas() throws {
    let machine = try Machine()
    let list = """
      (A) 2026-01-02 Call mom +family @phone due:2026-12-01
      x 2026-11-20 2026-11-01 Done thing +a +b pri:B rec:+1w
      Plain thing
      (F)   weird  spaces +x in the middle
      Plain thing

      """
    let path = try machine.file("list", list)
    try machine.run("import", path).succeeded()
    #expect(
      try machine.run("export", "--format", "todo.txt", "--plain").succeeded().output == list)
    try machine.shell("touch -d '1 hour' list").succeeded()
    let before = try machine.dump()
    try machine.run("import", path).succeeded()
    #expect(try machine.dump() == before)
  }

  @Test func aTimeInAZoneIsFoundByItsName() throws {
    let machine = try Machine()
    let calendar = """
      BEGIN:VCALENDAR
      BEGIN:VTODO
      UID:1
      SUMMARY:Call
      DUE;TZID=America/New_York:20310701T120000
      END:VTODO
      END:VCALENDAR
      """
    try machine.run("import", input: calendar).succeeded()
    #expect(try machine.task("1").due == "2031-07-01T16:00:00.000Z")
    let out = try machine.run("export", "--format", "ics").succeeded().output
    #expect(out.contains("\r\nDUE;TZID=America/New_York:20310701T120000\r\n"))
    #expect(out.contains("\r\nUID:1\r\n"))
    try machine.run("edit", "1", "due:2031-07-02").succeeded()
    #expect(
      try machine.run("export", "--format", "ics").succeeded().output
        .contains("\r\nDUE;VALUE=DATE:20310702\r\n"))
  }

  @Test func severalFilesAreOneImport() throws {
    let machine = try Machine()
    let first = try machine.file("a.txt", "one\ntwo\n")
    let second = try machine.file("b.csv", "title,due\nthree,soon\nfour,\n")
    let outcome = try machine.run("import", first, second)
    #expect(outcome.status == 3)
    #expect(outcome.output == "Imported 3 tasks: 3 new, 0 changed, 0 as they were.\n")
    #expect(outcome.errors == "Not imported: \(second), line 2: due is no time: soon\n")
    #expect(try machine.run("undo").succeeded().output == "Undid import of 3 tasks.\n")
    try machine.run("import", try machine.file("binary", "a\u{1}b")).failed(1)
  }
}
