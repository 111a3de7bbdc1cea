import Foundation
import Testing

/// `watch`: two devices that see each other's edits while nobody gives a command.
@Suite struct WatchTests {
  private let meeting: Meeting

  init() throws {
    meeting = try Meeting()
    try meeting.begin()
  }

  /// Starts it; whoever gets it must end it.
  private func watch(_ machine: Machine) throws -> Child {
    try machine.start([Array("watch".utf8)])
  }

  /// Waits until a device shows the title, and returns whether it did within so many seconds.
  private func shows(_ machine: Machine, _ title: String, within seconds: Double) throws -> Bool {
    let end = Date.now + seconds
    while Date.now < end {
      if try machine.titles().contains(title) { return true }
      usleep(250_000)
    }
    return false
  }

  @Test func twoDevicesSeeEachOthersEdits() throws {
    let watches = [try watch(meeting.laptop), try watch(meeting.desk)]
    defer { for watch in watches { watch.kill() } }
    try meeting.laptop.run("edit", "1", "--title", "from the laptop").succeeded()
    // Five seconds at most, on a machine that does nothing else.
    #expect(try shows(meeting.desk, "from the laptop", within: 15))
    try meeting.desk.run("add", "from the desk").succeeded()
    #expect(try shows(meeting.laptop, "from the desk", within: 15))
    for watch in watches { _ = kill(watch.process, SIGINT) }
    let outcomes = watches.map { $0.outcome() }
    for outcome in outcomes {
      #expect(outcome.status == 130)
      #expect(outcome.errors == "Watching. Ctrl-C ends it.\n")
    }
    #expect(outcomes[0].output.contains("  Sent 1 change to origin ("))
    #expect(outcomes[1].output.contains("  Received 1 change from laptop: 1 task.\n"))
  }

  /// A stick that is formatted anew, a folder that some other program puts back.
  @Test(arguments: [
    "",
    #"mv "$1" "$1.old"; cp -a "$1.old" "$1""#,
    #"cp -a "$1" "$1.new"; rm -r "$1"; sleep 2; mv "$1.new" "$1""#,
    #"cp -a "$1" "$1.new"; rm -r "$1/bundles"; sleep 2; mv "$1.new/bundles" "$1/bundles""#,
  ])
  func aFolderThatIsMadeOrReplacedIsWatched(script: String) throws {
    let desk: Machine
    if script.isEmpty {
      // It is the one that makes the folder.
      desk = try Machine()
      try desk.run("init").succeeded()
      try desk.shell("rm -r \"$1\"", meeting.folder).succeeded()
      try desk.run("remote", "add", meeting.folder).succeeded()
    } else {
      desk = meeting.desk
    }
    let watch = try watch(desk)
    defer {
      watch.kill()
      _ = watch.outcome()
    }
    if script.isEmpty {
      let end = Date.now + 15
      while !Machine.isThere(meeting.bundles), Date.now < end { usleep(20_000) }
      try meeting.laptop.run("push", "--refill").succeeded()
    } else {
      try meeting.laptop.run("edit", "1", "--title", "first").succeeded()
      try meeting.laptop.run("push").succeeded()
      #expect(try shows(desk, "first", within: 15))
      usleep(1_000_000)
      try meeting.laptop.shell(script, meeting.folder).succeeded()
      usleep(2_000_000)
    }
    try meeting.laptop.run("edit", "1", "--title", "second").succeeded()
    try meeting.laptop.run("push").succeeded()
    // Five seconds at most, on a machine that does nothing else.
    #expect(try shows(desk, "second", within: 15))
  }

  @Test func whatFailsIsSaidOnceAndNotTriedAgainAtOnce() throws {
    let laptop = meeting.laptop
    // Each connection leaves a line.
    try laptop.run("remote", "set-url", "origin", "command:echo x >> tries; echo no SFTP here")
      .succeeded()
    try laptop.run("add", "waits").succeeded()
    let watch = try watch(laptop)
    defer { watch.kill() }
    let tries = { (try? String(contentsOfFile: "\(laptop.home)/tries", encoding: .utf8)) ?? "" }
    let end = Date.now + 15
    while tries().isEmpty, Date.now < end { usleep(20_000) }
    // A failure is noted in the store, which is watched: it must not look like an edit.
    usleep(3_500_000)
    #expect(tries() == "x\n")
    // An edit is one.
    try laptop.run("add", "more").succeeded()
    while tries() == "x\n", Date.now < end { usleep(20_000) }
    #expect(tries() == "x\nx\n")
    _ = kill(watch.process, SIGINT)
    let outcome = watch.outcome()
    #expect(outcome.errorLines.count { $0.hasPrefix("tasks: ") } == 1, "\(outcome)")
    #expect(outcome.output == "")
  }

  @Test func itSleepsWhileNothingHappens() throws {
    let watch = try watch(meeting.laptop)
    defer {
      watch.kill()
      _ = watch.outcome()
    }
    // `env` has become the program once the store is watched.
    let status = "/proc/\(watch.process)/status"
    func switches() -> Int? {
      let text = (try? String(contentsOfFile: status, encoding: .utf8)) ?? ""
      return text.firstMatch(of: /\nvoluntary_ctxt_switches:\s*(\d+)/).flatMap { Int($0.1) }
    }
    // It is asleep once the number stays.
    var last: Int?
    let end = Date.now + 20
    while Date.now < end {
      let now = switches()
      if now != nil, now == last { break }
      last = now
      usleep(1_500_000)
    }
    let before = try #require(switches())
    usleep(1_500_000)
    #expect(switches() == before)
  }
}
