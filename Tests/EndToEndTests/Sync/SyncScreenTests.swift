import Testing

/// What people read of remotes and syncs: see `Snapshot` for how to record it anew.
@Suite struct SyncScreenTests {
  @Test(arguments: [80, 40])
  func screens(columns: Int) throws {
    let meeting = try Meeting()
    var text = ""
    func show(_ words: String, typing answers: [(String, String)] = []) throws {
      let outcome = try meeting.laptop.terminal(
        words.split(separator: " ").map(String.init), columns: columns, rows: 60,
        with: ["NO_COLOR": "1"], answering: answers)
      text += "$ tasks \(words)\n\(outcome.output)"
      if outcome.status != 0 { text += "=> \(outcome.status)\n" }
    }
    try show("remote")
    try show("sync")
    try meeting.laptop.run("add", "Buy milk").succeeded()
    try show("remote add \(meeting.folder)", typing: [("[y/N] ", "n\n")])
    try show("remote add usb sftp://somebody@example.org:2222/srv/backup/tasks")
    try show("sync --dry-run")
    try show("sync")
    try meeting.desk.run("clone", meeting.folder).succeeded()
    try meeting.desk.run("edit", "1", "--title", "Buy oat milk").succeeded()
    try meeting.laptop.run("edit", "1", "--title", "Buy soy milk").succeeded()
    try meeting.desk.run("sync").succeeded()
    try show("sync")
    try show("sync")
    try show("remote")
    try show("remote show")
    try show("status")
    try show("fsck --remote origin")
    try meeting.laptop.shell("rm -rf $1/*", meeting.folder).succeeded()
    try meeting.laptop.run("done", "1").succeeded()
    try show("sync")
    try show("queue")
    try show("remote show")
    try show("status")
    try show("sync --refill")
    try show("remote remove usb")
    try Snapshot.expect(Self.settled(text), "sync-\(columns)-columns")
  }

  /// Sizes depend on ids.
  private static func settled(_ text: String) -> String {
    TwoDesks.settled(text)
      .replacing(/\d+ bytes/, with: "300 bytes").replacing(/\d\.\d kB/, with: "300 bytes")
      .replacing(/\w{3} \d+ \w{3} \d{4}(\s+)\d\d:\d\d/) { "Sat 1 Jan 2000\($0.1)00:00" }
      .replacing(/(Conflict|take) [0-9a-f]{8}/) { "\($0.1) 00000000" }
  }
}
