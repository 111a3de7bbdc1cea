import SSHSupport
import Testing

/// Two machines that carry bundles to each other, and clocks that stand where a test puts them.
final class TwoDesks {
  let laptop: Machine
  let desk: Machine
  private var carried = 0

  init() throws {
    laptop = try Machine()
    desk = try Machine()
    try laptop.run("init", "--name", "laptop").succeeded()
    try desk.run("init", "--name", "desk").succeeded()
  }

  /// What lets the clock stand at a moment, where the program is: see `Tests/CFakeClock`.
  static func clock(at moment: String) -> [String: String?] {
    ["LD_PRELOAD": TestPrograms.file("libFakeClock.so"), "TEST_CLOCK": moment]
  }

  /// What lets the clock stand at a minute of Friday, the 21st of November 2025.
  static func at(_ time: String) -> [String: String?] {
    clock(at: "2025-11-21 \(time):00")
  }

  /// Gives one machine all that another has.
  func carry(from one: Machine, to other: Machine, at time: String) throws {
    carried += 1
    let file = "\(laptop.home)/carried-\(carried).tasks"
    try one.run("bundle", "create", file, with: Self.at(time)).succeeded()
    try other.run("bundle", "apply", file, with: Self.at(time)).succeeded()
  }

  /// An afternoon's work on both of them.
  func work() throws {
    try laptop.run(
      "add", "Buy milk", "+shop", "due:2025-12-24", "-d",
      "Two bottles.\nFrom the shop at the corner.\nAsk for the deposit.", with: Self.at("14:00"))
    try laptop.run(
      "add", "Write the letter to the housing association about the heating", "-p", "home",
      with: Self.at("14:05"))
    try laptop.run("commit", "-m", "before the\nmeeting", with: Self.at("14:10"))
    try carry(from: laptop, to: desk, at: "14:15")
    try desk.run("edit", "1", "--title", "Buy oat milk", "-shop", with: Self.at("14:20"))
    try desk.run("done", "2", with: Self.at("14:21"))
    try desk.run(
      "note", "1", "They have it at the corner, and cheaper than anywhere else in the whole town",
      with: Self.at("14:22"))
    for (index, title) in ["Pay \u{1b}[31mrent", "four", "five", "six", "seven"].enumerated() {
      try desk.run("add", title, with: Self.at("14:3\(index)"))
    }
    try desk.run("commit", with: Self.at("14:40"))
    try carry(from: desk, to: laptop, at: "14:45")
    try laptop.run("delete", "3", with: Self.at("14:50"))
    try laptop.run(
      "edit", "1", "--title", "Buy soy milk", "+now", "due:none", "-d",
      "Two bottles.\nFrom the shop at the station.\nAsk for the deposit.",
      with: Self.at("14:51"))
    try laptop.run("reopen", "2", with: Self.at("14:52"))
  }

  /// The ids of the changes, newest first.
  static func changes(of machine: Machine) throws -> [String] {
    try machine.run("log", "--jsonl").succeeded().lineObjects().map { $0["id"] as? String ?? "" }
  }

  /// Text with everything that is drawn at random replaced, at the same width.
  static func settled(_ text: String) -> String {
    text.replacing(/\b[0-9a-f]{8}(?=  |\n)/, with: "4a67384a")
      .replacing(/\([0-9a-f]{16}\)/, with: "(9f3c5a1e7b00aa11)")
      .replacing(/changes\/[0-9a-f]{2}\/[0-9a-f]+/) {
        "changes/00/" + String(repeating: "0", count: $0.0.count - 11)
      }
      .replacing(/[0-9a-f]{20,}/) { String(repeating: "0", count: $0.0.count) }
      .replacing(/(?m)^( {11})([0-9a-f]+)(\.tasks)?$/) {
        $0.1 + String(repeating: "0", count: $0.2.count) + ($0.3 ?? "")
      }
  }
}
