import Foundation
import Testing

@Suite struct OverviewTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func projectsAndTagsCountTheirTasks() throws {
    try machine.add("a", "-p", "home", "+shop")
    try machine.add("b", "-p", "home", "+shop", "+now")
    try machine.add("c", "-p", "work")
    try machine.add("d", "-p", "gone", "+gone")
    try machine.run("done", "2", "3").succeeded()
    try machine.run("delete", "4").succeeded()
    #expect(try machine.run("projects").lines == ["Project  Open", "home        1"])
    #expect(
      try machine.run("projects", "--all").lines == [
        "Project  Open  Done", "home        1     1", "work        0     1",
      ])
    #expect(try machine.run("tags").lines == ["Tag   Open", "shop     1"])
    let tags = try #require(
      try machine.run("tags", "--all", "--json").document() as? [[String: Any]])
    #expect(tags.map { $0["name"] as? String } == ["now", "shop"])
    #expect(tags.map { $0["open"] as? Int } == [0, 1])
    #expect(tags.map { $0["completed"] as? Int } == [1, 1])
    #expect(tags.allSatisfy { Set($0.keys) == ["name", "open", "completed"] })
  }

  @Test func nothingToCountIsNoFailure() throws {
    #expect(try machine.run("projects").succeeded().errors == "No projects.\n")
    #expect(try machine.run("tags").succeeded().errors == "No tags.\n")
    #expect(try machine.run("tags", "--json").output == "[]\n")
    #expect(try machine.run("count").succeeded().output == "0\n")
    #expect(try machine.run("queue").succeeded().errors == "Nothing waits to be sent.\n")
    #expect(try machine.run("queue", "--json").output == "[]\n")
    #expect(try machine.run("count", "--json").object()["count"] as? Int == 0)
  }

  @Test func statusHasTheShapeProgramsRelyOn() throws {
    try machine.run("init", "--name", "laptop").succeeded()
    for title in ["a", "b", "c"] { try machine.add(title) }
    try machine.run("done", "2").succeeded()
    try machine.run("delete", "3").succeeded()
    let status = try machine.run("status", "--json").succeeded().object()
    #expect(
      Set(status.keys) == [
        "device", "tasks", "uncommitted", "unpushed", "sync", "conflicts", "missing", "remotes",
      ])
    let device = try #require(status["device"] as? [String: String])
    #expect(device["name"] == "laptop")
    #expect(device["id"]?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
    #expect(status["tasks"] as? [String: Int] == ["open": 1, "completed": 1, "deleted": 1])
    #expect(
      status["sync"] as? [String: Int] == ["pending": 3, "synced": 0, "error": 0, "total": 3])
    #expect(status["uncommitted"] as? Int == 5)
    #expect(status["unpushed"] as? Int == 5)
    #expect(status["conflicts"] as? Int == 0)
    #expect(status["missing"] as? Int == 0)
    #expect((status["remotes"] as? [Any])?.count == 0)
    #expect(try machine.run("status").lines.first == "Device     laptop (\(device["id"] ?? ""))")
  }

  @Test func statusOfABareMachineMakesNoStore() throws {
    let status = try machine.run("status", "--json").succeeded().object()
    #expect(status["tasks"] as? [String: Int] == ["open": 0, "completed": 0, "deleted": 0])
    #expect(!FileManager.default.fileExists(atPath: machine.store))
  }

  @Test func theQueueHoldsEveryEdit() throws {
    let task = try machine.add("Buy milk", "+shop")
    try machine.run("edit", "1", "due:2031-05-01").succeeded()
    try machine.run("delete", "1").succeeded()
    let rows = try machine.run("queue", "--jsonl").lineObjects()
    #expect(rows.map { $0["kind"] as? String } == ["create", "update", "delete"])
    let first = try #require(rows.first)
    #expect(
      Set(first.keys) == [
        "id", "task", "kind", "at", "fields", "over", "status", "attempts", "last_attempted_at",
        "last_error",
      ])
    #expect(first["task"] as? String == task.id)
    #expect(first["status"] as? String == "pending")
    #expect(first["attempts"] as? Int == 0)
    #expect((first["fields"] as? [String: Any])?["title"] as? String == "Buy milk")
    #expect(rows[1]["over"] as? [Int] == (first["id"] as? Int).map { [$0] })
    #expect(try machine.run("queue", "--limit", "1").lines.count == 1)
    #expect(try machine.run("queue").lines.map { $0.contains("task 1") } == [true, true, true])
  }

  @Test func settingsAreKept() throws {
    #expect(try machine.run("config").succeeded().output == "")
    #expect(try machine.run("config", "color").succeeded().output == "auto\n")
    try machine.run("config", "color", "never").succeeded()
    #expect(try machine.run("config", "color").output == "never\n")
    #expect(try machine.run("config").output == "color = never\n")
    #expect(try machine.run("config", "--json").object() as? [String: String] == ["color": "never"])
    #expect(
      try machine.run("config", "color", "--json").object() as? [String: String] == [
        "color": "never"
      ])
    try machine.run("config", "--unset", "color").succeeded()
    #expect(try machine.run("config", "--json").object().isEmpty)
    #expect(try machine.run("config", "--unset", "color").succeeded().output == "")
  }

  @Test(arguments: [
    ["config", "colour"], ["config", "color", "red"], ["config", "--unset"],
    ["config", "list.sort", "nothing"], ["config", "device.name", ""], ["config", "a", "b", "c"],
    ["config", "--unset", "color", "x"], ["init", "--name", " "], ["init", "--name", "a\nb"],
  ])
  func badSettingsAreRefused(words: [String]) throws {
    try machine.run(words).failed(2)
    #expect(!FileManager.default.fileExists(atPath: machine.store))
  }

  @Test func storesAreChosenByOptionThenVariable() throws {
    let (one, two, three) = ("\(machine.home)/one", "\(machine.home)/two", "\(machine.home)/three")
    #expect(try machine.run("--store", one, "init").output == "Made an empty store in \(one)\n")
    #expect(
      try machine.run("init", "--store", one).output == "There is a store already in \(one)\n")
    try machine.run("add", "x", "--store=\(one)", with: ["TASKS_DIR": two]).succeeded()
    try machine.run("add", "y", with: ["TASKS_DIR": two, "XDG_DATA_HOME": three]).succeeded()
    try machine.run("add", "z", with: ["XDG_DATA_HOME": three]).succeeded()
    #expect(try machine.titles("--store", one) == ["x"])
    #expect(try machine.titles(with: ["TASKS_DIR": two]) == ["y"])
    #expect(try machine.titles("--store", "\(three)/tasks") == ["z"])
    #expect(try machine.titles().isEmpty)
    for words in [["list"], ["done", "1"], ["status"], ["undo"]] {
      try machine.run(words + ["--store", "\(machine.home)/none"])
        .failed(10, "no tasks at \(machine.home)/none")
    }
  }

  @Test func theVersionIsSaidEverywhereAlike() throws {
    let version = try machine.run("version").succeeded().output
    #expect(version.wholeMatch(of: /tasks \d+\.\d+\.\d+\n/) != nil)
    #expect(try machine.run("--version").output == version)
    let object = try machine.run("version", "--json").object()
    #expect(Set(object.keys) == ["version", "schema", "sqlite"])
    #expect("tasks \(object["version"] ?? "")\n" == version)
  }

  @Test func helpIsTheSameByEveryWay() throws {
    let long = try machine.run("help", "add").succeeded().output
    #expect(try machine.run("add", "--help").output == long)
    #expect(try machine.run("--help", "add").succeeded().output == long)
    #expect(try machine.run("help", "ls").output == machine.run("list", "--help").output)
    #expect(try machine.run("-h").output == machine.run("help").output)
    let short = try machine.run("add", "-h").succeeded().output
    #expect(short.count < long.count && short.hasPrefix("tasks add: "))
    for command in ["add", "list", "undo", "completions"] {
      #expect(try machine.run("help").output.contains("  \(command) "))
    }
  }
}
