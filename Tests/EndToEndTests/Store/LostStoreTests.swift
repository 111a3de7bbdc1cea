import Testing

/// A store that is gone, or leads nowhere, is no empty list.
@Suite struct LostStoreTests {
  @Test func changesWithoutADatabaseAreNoEmptyList() throws {
    let machine = try Machine()
    try machine.run("add", "Buy milk").succeeded()
    try machine.run("commit").succeeded()
    try machine.run("add", "Never committed").succeeded()
    try machine.shell("rm $1*", machine.database).succeeded()
    for words in [["list"], ["add", "x"], ["status"], ["fsck"]] {
      let outcome = try machine.run(words)
      #expect(outcome.status == 14)
      #expect(
        outcome.errorLines == [
          "tasks: the database of the tasks in \(machine.store) is gone, but their changes are there",
          "hint: to make it anew: tasks fsck --rebuild",
        ], "\(words)")
    }
    let outcome = try machine.run("fsck", "--rebuild").succeeded()
    #expect(outcome.output.contains("edits that were not committed are not here"))
    #expect(try machine.run("list").succeeded().output.contains("Buy milk"))
    try machine.run("fsck").succeeded()
  }

  @Test func aLinkToNothingIsNoEmptyList() throws {
    let machine = try Machine()
    try machine.shell("ln -s /media/not-mounted link; echo x > file").succeeded()
    for (path, reason) in [("link", "No such file or directory"), ("file", "Not a directory")] {
      let store = "\(machine.home)/\(path)"
      for words in [["list"], ["add", "x"]] {
        try machine.run(["--store", store] + words).failed(1, "cannot open \(store): \(reason)")
      }
    }
  }
}
