import Testing

/// What people read of conflicts, on wide and narrow screens.
@Suite struct ConflictSnapshotTests {
  private func machines() throws -> TwoMachines {
    let machines = try TwoMachines([
      "Write the letter to the housing association about the heating", "-d",
      """
      It has been cold since the beginning of the month.
      Nobody answers the telephone there, and nobody answers letters.
      Ask Ann.
      """,
    ])
    try machines.disagree(
      [
        "--priority", "H", "due:2099-12-24", "-d",
        """
        It has been cold since the beginning of the month.
        Nobody answers the telephone there, and nobody answers letters that come by post.
        Ask Ann.
        """,
      ],
      [
        "--priority", "L", "due:2099-12-27T14:30", "-d",
        """
        It has been cold since the beginning of the month.
        Nobody answers the telephone there, and nobody answers letters.
        Ask Ann and Ben, \u{1b}[31mtoo.
        """,
      ])
    try machines.laptop.add("Buy milk")
    try machines.meet()
    try machines.laptop.run("delete", "2").succeeded()
    try machines.desk.run("done", "2").succeeded()
    try machines.meet()
    return machines
  }

  @Test(arguments: [80, 40])
  func conflicts(columns: Int) throws {
    let laptop = try machines().laptop
    var text = ""
    for words in [["conflicts"], ["list", "--all"], ["show", "1"]] {
      text += try laptop.screen(words, columns: columns)
    }
    for conflict in try laptop.conflicts() where conflict.field != "due" {
      text += try laptop.screen(["conflicts", "show", conflict.id], columns: columns)
    }
    for conflict in try laptop.conflicts() {
      try laptop.run("conflicts", "keep", conflict.id).succeeded()
    }
    text += try laptop.screen(["conflicts", "--all"], columns: columns)
    try Snapshot.expect(text, "conflicts-\(columns)-columns")
  }

  @Test func help() throws {
    try Snapshot.expect(
      try Machine().run("conflicts", "--help").succeeded().output, "conflicts-help")
  }
}

extension Machine {
  /// What a command shows on a terminal without colours, behind the command.
  fileprivate func screen(_ words: [String], columns: Int) throws -> String {
    let outcome = try terminal(
      words, columns: columns, rows: 200, with: ["NO_COLOR": "1"])
    #expect(outcome.status == 0, "\(outcome)")
    if words.first != "list" {
      for line in outcome.lines { #expect(line.count <= columns, "\(line)") }
    }
    return "$ tasks \(words.joined(separator: " "))\n\(outcome.output)\n"
  }
}
