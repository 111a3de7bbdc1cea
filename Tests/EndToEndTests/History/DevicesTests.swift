import Foundation
import Testing

/// `devices`: who takes part, and what is missing.
@Suite struct DevicesTests {
  @Test func nobodyIsNoFailure() throws {
    let machine = try Machine()
    #expect(try machine.run("devices").succeeded().errors.hasPrefix("No devices yet"))
    #expect(try machine.run("devices", "--json").succeeded().output == "[]\n")
    #expect(!FileManager.default.fileExists(atPath: machine.store))
  }

  @Test func thisDeviceIsThereFromTheBeginning() throws {
    let machine = try Machine()
    try machine.run("init", "--name", "laptop").succeeded()
    let lines = try machine.run("devices").succeeded().lines
    #expect(lines.count == 2)
    #expect(lines[0].wholeMatch(of: /laptop  [0-9a-f]{8}  this device/) != nil)
    #expect(lines[1] == "  no changes yet")
  }

  @Test func gapsAreNamed() throws {
    let desks = try TwoDesks()
    var files: [String] = []
    for number in 1...4 {
      try desks.laptop.add("task \(number)")
      try desks.laptop.run("commit").succeeded()
      let change = try desks.laptop.run("log", "--jsonl", "-n", "1").lineObjects()[0]["id"]
      let shown = try desks.laptop.run("show", "change:\(change ?? "")", "--json").object()
      files.append("\(desks.laptop.store)/\(shown["bundle"] ?? "")")
    }
    // The first and the last arrive.
    try desks.desk.run("bundle", "apply", files[0]).succeeded()
    #expect(try desks.desk.run("bundle", "apply", files[3]).status == 3)
    let lines = try desks.desk.run("devices").succeeded().lines
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("desk") && lines[0].hasSuffix("  this device"))
    #expect(lines[2].hasPrefix("laptop  "))
    #expect(lines[3].hasPrefix("  2 changes, last "))
    #expect(lines[4] == "  2–3 missing")

    let document = try desks.desk.run("devices", "--json").succeeded().document()
    let devices = try #require(document as? [[String: Any]])
    for device in devices {
      #expect(
        Set(device.keys) == [
          "id", "name", "here", "former", "changes", "last", "last_at", "missing", "forks",
        ])
    }
    #expect(devices.map { $0["here"] as? Bool } == [true, false])
    #expect(devices.map { $0["name"] as? String } == ["desk", "laptop"])
    #expect(devices.map { $0["changes"] as? Int } == [0, 2])
    #expect(devices.map { $0["last"] as? Int } == [0, 4])
    #expect(devices[1]["missing"] as? [[Int]] == [[2, 3]])
    #expect(devices[0]["last_at"] is NSNull)
    #expect((devices[1]["last_at"] as? String)?.hasSuffix("Z") == true)
  }

  @Test func aCopyOfAStoreIsNoticed() throws {
    let one = try Machine()
    try one.run("init", "--name", "laptop").succeeded()
    try one.add("a")
    try one.run("commit").succeeded()
    let copy = try Machine()
    try copy.shell(
      "mkdir -p \"$2\" && cp -a \"$1\" \"$2/\"", one.store, "\(copy.home)/.local/share")
    try copy.add("b")
    try copy.run("commit").succeeded()
    let lines = try copy.run("devices").succeeded().lines
    #expect(lines.count == 4)
    #expect(lines[0].hasSuffix("  this device"))
    #expect(lines[2].hasSuffix("  this device, before it got a new id"))
    let devices = try #require(try copy.run("devices", "--json").document() as? [[String: Any]])
    #expect(devices.map { $0["former"] as? Bool } == [false, true])
  }
}
