import Foundation
import Glibc
import Testing

/// What the real Taskwarrior exports.
@Suite(.enabled(if: Machine.isInstalled("task"), "Taskwarrior is not installed"))
struct TaskwarriorTests {
  private let machine: Machine

  init() throws {
    machine = try Machine(["TASKRC": "taskrc", "TASKDATA": "taskdata"])
    try machine.file(
      "taskrc",
      "confirmation=no\nverbose=nothing\nuda.estimate.type=string\nuda.estimate.label=Estimate\n")
    try machine.shell("mkdir taskdata").succeeded()
  }

  private func task(_ words: String) throws {
    let outcome = try machine.shell("task \(words)")
    #expect(outcome.status == 0, "task \(words): \(outcome)")
  }

  private func makeTasks() throws {
    try task("add Buy milk project:home.kitchen priority:H +shop +next due:2031-05-01")
    try task("add 'Call \"Ann\" \\\\ Müller' due:2031-05-01T14:30 estimate:2h depends:1")
    try task("add Water the plants recur:weekly due:2031-01-01 until:2031-12-31")
    try task("add Later wait:2090-01-01")
    try task("add Finished +old")
    try task("add Dropped")
    try task("2 annotate 'left a message'")
    try task("2 annotate 'she called back: 👍'")
    try task("5 done")
    try task("rc.confirmation=no 6 delete")
    try task("rc.gc=on list || true")
  }

  @Test func everythingComesAcross() throws {
    try makeTasks()
    let outcome = try machine.shell("task rc.gc=off export | tee export.json | tasks import")
      .succeeded()
    #expect(outcome.errors == "")
    let exported = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: "\(machine.home)/export.json")))
        as? [[String: Any]])
    let tasks = Dictionary(uniqueKeysWithValues: try machine.allTasks().map { ($0.id, $0) })
    #expect(tasks.count == exported.count && tasks.count >= 6)
    for record in exported {
      let task = try #require((record["uuid"] as? String).flatMap { tasks[$0] })
      #expect(task.title == record["description"] as? String)
      #expect(task.project == record["project"] as? String)
      #expect(task.priority == record["priority"] as? String)
      #expect(task.tags == ((record["tags"] as? [String]) ?? []).sorted())
      let status = record["status"] as? String
      #expect(task.completed == (status == "completed"))
      #expect(task.isDeleted == (status == "deleted"))
      #expect(Self.basic(task.createdAt) == record["entry"] as? String)
      #expect(Self.basic(task.due) == record["due"] as? String)
      #expect(Self.basic(task.wait) == record["wait"] as? String)
      if task.completed { #expect(Self.basic(task.completedAt) == record["end"] as? String) }
      let remarks = (record["annotations"] as? [[String: String]]) ?? []
      #expect(task.notes.map(\.text) == remarks.map { $0["description"] })
      #expect(task.notes.map { Self.basic($0.at) } == remarks.map { $0["entry"] })
      for key in ["estimate", "recur", "until"] {
        #expect(task.fields.contains("\"\(key)\"") == (record[key] != nil), "\(key)")
      }
      for other in (record["depends"] as? [String]) ?? [] {
        #expect(task.fields.contains("\"depends:\(other)\":true"))
      }
    }
    #expect(try machine.titles("--waiting") == ["Later"])
  }

  @Test func importingAgainChangesOnlyWhatChangedThere() throws {
    try makeTasks()
    try machine.shell("task export | tasks import").succeeded()
    let before = try machine.dump()
    let again = try machine.shell("task export | tasks import").succeeded()
    #expect(again.output.contains(": 0 new, 0 changed, "))
    #expect(try machine.dump() == before)
    // Taskwarrior's times are whole seconds.
    usleep(1_100_000)
    try task("1 modify priority:L")
    let later = try machine.shell("task export | tasks import").succeeded()
    #expect(later.output.contains(": 0 new, 1 changed, "), "\(later)")
    #expect(try machine.run("list", "milk", "--json").task().priority == "L")
  }

  @Test func everythingGoesBack() throws {
    try makeTasks()
    try task("1 modify scheduled:2030-01-01")
    try machine.shell("task rc.gc=off export > there.json && tasks import there.json").succeeded()
    try machine.shell(
      """
      set -e
      tasks export --with-deleted --format taskwarrior -o ours.json
      mkdir back && TASKDATA=back task import ours.json
      TASKDATA=back task rc.gc=off export > back.json
      """
    ).succeeded()
    // All members but the number and the urgency, which are worked out; tags are in no order.
    let comparison = """
      normal() { jq -S 'map(del(.id,.urgency) | if .tags then .tags |= sort else . end) | sort_by(.uuid)' "$1"; }
      normal there.json > 1; normal ours.json > 2; normal back.json > 3
      test "$(jq length 1)" -ge 6 && diff 1 2 && diff 1 3
      """
    let outcome = try machine.shell(comparison)
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test func whatItHasNoAttributeForGoesThereAndBack() throws {
    try machine.add("Ours", "-d", "two\nlines [x] \\ \"q\"", "+a", "due:2031-05-01")
    try machine.run("note", "1", "one").succeeded()
    try machine.run("note", "1", "two").succeeded()
    let before = try machine.task("1")
    try machine.shell(
      "set -e; tasks export --format taskwarrior | task import; tasks --store other import <(task export)"
    ).succeeded()
    let after = try machine.run("--store", "\(machine.home)/other", "show", "1", "--json").task()
    #expect(after.content == before.content)
    // And here nothing changes by it.
    let dump = try machine.dump()
    try machine.shell("task export | tasks import").succeeded()
    #expect(try machine.dump() == dump)
  }

  /// A moment as Taskwarrior writes it; a date is its beginning in UTC.
  private static func basic(_ moment: String?) -> String? {
    guard let moment else { return nil }
    let digits = moment.prefix(19).filter { $0 != "-" && $0 != ":" }
    return digits.contains("T") ? digits + "Z" : digits + "T000000Z"
  }
}
