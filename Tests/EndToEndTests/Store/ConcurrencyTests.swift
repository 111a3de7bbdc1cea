import Foundation
import Glibc
import Testing

@Suite struct ConcurrencyTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func manyFirstCommandsAtOnceAllSucceed() throws {
    let count = 32
    let children = try (1...count).map { number in
      try machine.start(["add", "t\(number)"].map { Array($0.utf8) })
    }
    let outcomes = children.map { $0.outcome() }
    for outcome in outcomes { outcome.succeeded() }
    let said = outcomes.compactMap { $0.output.firstMatch(of: /task (\d+)/).flatMap { Int($0.1) } }
    #expect(said.sorted() == Array(1...count), "each has a number of its own")
    let tasks = try machine.allTasks()
    #expect(Set(tasks.compactMap(\.title)) == Set((1...count).map { "t\($0)" }))
    #expect(try machine.run("status", "--json").object()["unpushed"] as? Int == count)
    try machine.expectSound()
  }

  @Test func editsOfOneTaskAtOnceAreAllKept() throws {
    try machine.add("a")
    let children = try (1...20).map { number in
      try machine.start(["tag", "1", "+tag\(number)"].map { Array($0.utf8) })
    }
    for child in children { child.outcome().succeeded() }
    #expect(try machine.task("1").tags.count == 20)
    let times = try machine.run("queue", "--jsonl").lineObjects().compactMap { $0["at"] as? String }
    #expect(
      times == times.sorted() && Set(times).count == 21, "each is later than what it replaced")
    for _ in 1...21 { try machine.run("undo").succeeded() }
    #expect(try machine.titles().isEmpty)
  }

  /// Runs a script while the `sqlite3` tool holds the store's lock, until the script says `release`.
  private func locked(_ script: String) throws -> Outcome {
    try machine.shell(
      """
      mkfifo held more
      (echo 'BEGIN IMMEDIATE;'; echo '.shell echo > held'; cat more) | sqlite3 "$1" &
      exec 9> more
      read < held
      release() { exec 9>&-; }
      \(script)
      """, machine.database)
  }

  @Test func aShortLockIsWaitedFor() throws {
    try machine.add("a")
    let outcome = try locked("tasks add b 9>&- & sleep 0.5; release; wait $!; echo $?")
    #expect(outcome.lines.last == "0", "\(outcome)")
    #expect(outcome.errors == "")
    #expect(try machine.titles() == ["a", "b"])
  }

  @Test func aLongLockStopsWritersAfterFiveSecondsAndReadersNever() throws {
    try machine.add("a")
    let outcome = try locked(
      """
      begin=$(date +%s%N)
      elapsed() { echo $((($(date +%s%N) - begin) / 1000000)); }
      tasks done 1 & first=$!
      tasks add b & second=$!
      tasks count; tasks show 1 --json | grep -c '"id"'; tasks status --json | grep -c '"open":1'
      read=$(elapsed)
      wait $first; statuses=$?
      wait $second; echo "$statuses $?"
      written=$(elapsed)
      release
      echo $((read < 4500)) $((written >= 4900 && written < 12000))
      """)
    #expect(outcome.lines == ["1", "1", "1", "11 11", "1 1"], "\(outcome)")
    let message = "tasks: another process has kept the tasks locked for 5 seconds"
    #expect(outcome.errorLines.filter { $0 == message }.count == 2, "\(outcome)")
    #expect(try machine.titles() == ["a"])
  }

  // MARK: - kill -9

  /// What a command acknowledged is there whatever kills the next one, and the files are sound.
  @Test func whatWasAcknowledgedSurvivesKilling() throws {
    var generator = SystemRandomNumberGenerator()
    var acknowledged: Set<String> = []
    var killed = 0
    let clock = ContinuousClock()
    let usual = try clock.measure { try machine.run("add", "first").succeeded() }
    let longest = UInt32(2 * (usual / .microseconds(1)))
    for number in 1...80 {
      let title = "t\(number)"
      let child = try machine.start(["add", title, "-d", "some text"].map { Array($0.utf8) })
      usleep(UInt32.random(in: 0...longest, using: &generator))
      child.kill()
      let outcome = child.outcome()
      if outcome.output.hasPrefix("Created task ") { acknowledged.insert(title) }
      if outcome.status == 128 + SIGKILL { killed += 1 }
    }
    #expect(!acknowledged.isEmpty && killed > 0, "\(acknowledged.count), \(killed)")
    try machine.run("add", "last").succeeded()
    let present = Set(try machine.allTasks().compactMap(\.title))
    #expect(acknowledged.isSubset(of: present), "lost: \(acknowledged.subtracting(present))")
    let numbers = try machine.allTasks().compactMap(\.number)
    #expect(Set(numbers).count == present.count)
    try machine.expectSound()
  }

  @Test func aKilledLoopOfAddsLosesNothing() throws {
    let outcome = try machine.shell(
      """
      exec 2>/dev/null
      for worker in 1 2 3; do
        setsid bash -c 'i=0; while :; do i=$((i+1)); tasks add "$0-$i"; done' $worker > said$worker & loops="$loops $!"
      done
      sleep 0.7
      for loop in $loops; do kill -9 -- -$loop; done
      wait
      cat said* | grep -c '^Created task '
      """)
    let acknowledged = try #require(outcome.lines.last.flatMap { Int($0) })
    #expect(acknowledged > 3)
    let tasks = try machine.allTasks()
    #expect(tasks.count >= acknowledged)
    #expect(Set(tasks.map(\.number)) == Set(1...tasks.count))
    try machine.expectSound()
  }
}

extension Machine {
  /// Expects the database, its references and its full-text index to be whole.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(
      try sqlite("PRAGMA integrity_check; PRAGMA foreign_key_check") == "ok",
      sourceLocation: sourceLocation)
    try sqlite(
      "INSERT INTO search(search, rank) VALUES('integrity-check', 1)",
      sourceLocation: sourceLocation)
  }
}
