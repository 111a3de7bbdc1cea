import Foundation
import Testing

/// A store that cannot be used is refused as it is: nothing in it changes.
@Suite struct BadStoreTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    for title in ["a", "b"] {
      try machine.add(title, "-d", String(repeating: "text ", count: 2000))
    }
    // All into the one file, so that damage to it is damage to what counts.
    try machine.sqlite("PRAGMA wal_checkpoint(TRUNCATE)")
    try machine.shell("rm -f \(machine.database)-wal \(machine.database)-shm").succeeded()
  }

  private static let commands = [
    ["list"], ["add", "c"], ["show", "1"], ["done", "1"], ["undo"], ["status"], ["search", "text"],
  ]

  /// Expects every command to be refused alike, and the files to stay as they are.
  private func refused(
    _ status: Int32, _ message: String, by commands: [[String]] = Self.commands,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let files = "cd .local/share/tasks && sha256sum tasks.db && stat -c %a:%u . tasks.db"
    let before = try machine.shell(files).succeeded(sourceLocation: sourceLocation).output
    for words in commands {
      let outcome = try machine.run(words).failed(status, sourceLocation: sourceLocation)
      #expect(
        outcome.errorLines.first?.contains(message) == true, "\(words): \(outcome)",
        sourceLocation: sourceLocation)
    }
    #expect(try machine.shell(files).output == before, sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    "for i in $(seq 99); do echo not a database; done > $1", "head -c 3000 /dev/zero > $1",
    "echo x > $1",
    "rm $1; sqlite3 $1 'CREATE TABLE other(a); INSERT INTO other VALUES (1)'",
    "rm $1; sqlite3 $1 'PRAGMA application_id=7; PRAGMA user_version=1; CREATE TABLE tasks(a)'",
  ])
  func aForeignFileIsNotTouched(script: String) throws {
    try machine.shell(script, machine.database).succeeded()
    try refused(14, "tasks.db is not a database of tasks")
  }

  @Test(arguments: [100, 4096, 9000, 20000, 40000])
  func aTruncatedFileIsDamaged(bytes: Int) throws {
    try machine.shell("truncate -s \(bytes) $1", machine.database).succeeded()
    for words in [["list"], ["add", "c"], ["show", "1", "--json"]] {
      let outcome = try machine.run(words)
      #expect(outcome.status == 14, "\(words) \(outcome)")
      #expect(outcome.errorLines.count == 2)
    }
  }

  @Test func scribbledPagesAreDamage() throws {
    try machine.shell(
      "dd if=/dev/urandom of=$1 bs=4096 seek=1 count=4 conv=notrunc 2>/dev/null", machine.database
    ).succeeded()
    try refused(14, "is damaged", by: [["list"], ["add", "c"]])
  }

  @Test func aNewerStoreIsLeftToANewerProgram() throws {
    try machine.sqlite("PRAGMA user_version = 99")
    try machine.sqlite("PRAGMA wal_checkpoint(TRUNCATE)")
    try refused(1, "was written by a newer version of tasks (schema 99, this one knows 3)")
  }

  @Test(arguments: ["g+w", "o+w", "a+w"])
  func aStoreOthersCouldWriteToIsRefused(mode: String) throws {
    try machine.shell("chmod \(mode) $1", machine.store).succeeded()
    try refused(1, "not opening \(machine.store): other users may write to it")
  }

  @Test(.enabled(if: Machine.isRoot, "only root can give files away"))
  func aStoreOfAnotherUserIsRefused() throws {
    try machine.shell("chown 65534 $1", machine.store).succeeded()
    try refused(1, "not opening \(machine.store): it belongs to another user (65534)")
  }

  /// Runs the program as a user whom permissions hold back: root may read all.
  private func runAsNobody(_ words: String...) throws -> Outcome {
    let prefix = Machine.isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    return try machine.shell(prefix + Machine.program + " " + words.joined(separator: " "))
  }

  private func giveToNobody() throws {
    guard Machine.isRoot else { return }
    try machine.shell("chown -R 65534 $HOME").succeeded()
  }

  @Test(
    .enabled(if: !Machine.isRoot || Machine.isInstalled("setpriv"), "root needs setpriv for it"),
    arguments: ["tasks.db", ".", ".."])
  func anUnreadableStoreIsSaidSo(what: String) throws {
    try giveToNobody()
    try machine.shell("chmod 000 $1/\(what)", machine.store).succeeded()
    for words in ["list", "add c"] {
      let outcome = try runAsNobody(words).failed(1)
      #expect(
        outcome.errors.contains("ermi") || outcome.errors.contains("unable to open"), "\(outcome)")
    }
  }

  @Test(
    .enabled(if: !Machine.isRoot || Machine.isInstalled("setpriv"), "root needs setpriv for it"))
  func aReadOnlyFileCanBeReadAndNotWritten() throws {
    try giveToNobody()
    try machine.shell("chmod 400 $1/tasks.db; chmod 500 $1", machine.store).succeeded()
    try runAsNobody("add", "c").failed(1)
    try runAsNobody("done", "1").failed(1)
    try machine.shell("chmod 700 $1; chmod 600 $1/tasks.db", machine.store).succeeded()
    #expect(try runAsNobody("count").succeeded().output == "2\n")
  }

  @Test func somethingElseIsInTheWay() throws {
    try machine.file("file", "")
    try machine.run("--store", "\(machine.home)/file", "add", "x").failed(1)
    try machine.run("--store", "\(machine.home)/file/below", "add", "x").failed(1)
    try machine.shell("rm $1 && mkdir $1", machine.database).succeeded()
    for words in Self.commands { try machine.run(words).failed(1) }
  }

  @Test func anEmptyNameIsNoFolder() throws {
    for words in Self.commands {
      try machine.run(words + ["--store", ""]).failed(2, "the folder after '--store' has no name")
    }
  }

  @Test(arguments: [">/dev/full", ">&-"])
  func outputThatCannotBeWrittenIsAFailure(redirection: String) throws {
    for words in ["list", "list --json", "show 1", "status", "help", "--version"] {
      let outcome = try machine.shell("tasks \(words) \(redirection)").failed(1)
      #expect(outcome.errors.contains("cannot write standard output"))
    }
  }

  @Test func anEditWhoseLongOutputCannotBeWrittenIsSaidToBeMade() throws {
    let titles = (1...1500).map { "a task with a title of some length, number \($0)\n" }.joined()
    try machine.run("add", "--stdin", input: titles).succeeded()
    let outcome = try machine.shell("tasks done 2-1500 >/dev/full").failed(1)
    #expect(outcome.errors.contains("the edit was made"), "\(outcome)")
    // Nothing was made of what was so already.
    let again = try machine.shell("tasks done 2 --json >/dev/full")
    #expect(again.status == 1 && !again.errors.contains("the edit was made"), "\(again)")
  }
}
