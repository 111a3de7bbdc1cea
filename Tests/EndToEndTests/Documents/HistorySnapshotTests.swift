import Testing

/// What people read of the past; recorded as the other snapshots are.
@Suite struct HistorySnapshotTests {
  @Test(arguments: [80, 40])
  func screens(columns: Int) throws {
    let desks = try TwoDesks()
    try desks.work()
    let changes = try TwoDesks.changes(of: desks.laptop).map { "change:\($0.prefix(8))" }
    var text = ""
    for words in [
      ["log"], ["log", "1"], ["log", "2"], ["log", "3"], ["diff"], ["show", changes[0]],
      ["show", changes[1]], ["devices"],
    ] {
      text += "$ tasks \(words[0])" + (words.count > 1 ? " …" : "") + "\n"
      text += try desks.laptop.screen(words, columns: columns)
    }
    try Snapshot.expect(TwoDesks.settled(text), "history-\(columns)-columns")
  }

  @Test func screensInColour() throws {
    let desks = try TwoDesks()
    try desks.work()
    var text = ""
    for words in [["log", "-n", "1"], ["log", "1", "-n", "1"], ["diff"], ["devices"]] {
      text += try desks.laptop.screen(words, columns: 80, isPlain: false)
    }
    text = text.replacing("\u{1b}", with: "␛")
    try Snapshot.expect(
      text.replacing(/\[2m[0-9a-f]{8}␛/, with: "[2m4a67384a␛"), "history-in-colour")
  }

  @Test(arguments: ["log", "diff", "devices"])
  func helpTexts(command: String) throws {
    try Snapshot.expect(
      try Machine().run(command, "--help").succeeded().output, "\(command)-help")
  }
}

extension Machine {
  /// What a command shows on a terminal, at three o'clock.
  fileprivate func screen(
    _ words: [String], columns: Int, isPlain: Bool = true
  ) throws -> String {
    let changes = TwoDesks.at("15:00").merging(isPlain ? ["NO_COLOR": "1"] : [:]) { $1 }
    return try terminal(words, columns: columns, rows: 200, with: changes).output
  }
}
