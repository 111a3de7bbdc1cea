import Foundation
import Testing

/// Two machines with the same task, which give each other bundles.
struct TwoMachines {
  let laptop: Machine
  let desk: Machine

  /// - Parameter words: the task, as `add` takes it.
  init(_ words: [String] = ["Buy milk", "+shop"]) throws {
    laptop = try Machine()
    desk = try Machine()
    try laptop.run("init", "--name", "laptop").succeeded()
    try desk.run("init", "--name", "desk").succeeded()
    try laptop.run(["add"] + words).succeeded()
    try meet()
  }

  /// Gives one machine all that the other has.
  @discardableResult
  func carry(from source: Machine, to target: Machine) throws -> Outcome {
    let file = "\(source.home)/all.tasks"
    try source.run("bundle", "create", file).succeeded()
    let outcome = try target.run("bundle", "apply", file)
    #expect([0, 3].contains(outcome.status), "\(outcome)")
    return outcome
  }

  func meet() throws {
    try carry(from: laptop, to: desk)
    try carry(from: desk, to: laptop)
  }

  /// Both edit the task without knowing of each other, the desk later; then they meet.
  func disagree(_ laptopWords: [String], _ deskWords: [String]) throws {
    try laptop.run(["edit", "1"] + laptopWords).succeeded()
    try desk.run(["edit", "1"] + deskWords).succeeded()
    try meet()
  }

  /// Both give the task another title; returns the conflict's id.
  @discardableResult
  func disagreeOnTitle() throws -> String {
    try disagree(["--title", "Buy oat milk"], ["--title", "Buy soy milk"])
    return try #require(try laptop.conflicts().first).id
  }
}

/// A conflict as `conflicts --json` prints it: every member is there, and no other.
struct ConflictDocument {
  struct Side: Equatable {
    let value: String
    let device: String

    init(_ document: Any?) throws {
      let object = try #require(document as? [String: Any])
      try #require(Set(object.keys) == ["value", "updated_at", "device", "change"])
      let device = try #require(object["device"] as? [String: String])
      try #require(Set(device.keys) == ["id", "name"] && device["id"]?.count == 16)
      let time = try #require(object["updated_at"] as? String)
      try #require(time.count == 24 && time.hasSuffix("Z"))
      value = "\(try #require(object["value"]))"
      self.device = device["name"] ?? ""
    }
  }

  let id: String
  let title: String?
  let field: String
  let winner: Side
  let losers: [Side]
  let ending: Side?
  let isOpen: Bool

  init(_ document: Any) throws {
    let object = try #require(document as? [String: Any])
    let members: Set = ["id", "task", "title", "field", "winner", "losers", "found_at"]
    isOpen = object["ended_at"] == nil
    try #require(Set(object.keys) == (isOpen ? members : members.union(["ended_at", "ending"])))
    id = try #require(object["id"] as? String)
    title = object["title"] as? String
    field = try #require(object["field"] as? String)
    winner = try Side(object["winner"])
    losers = try #require(object["losers"] as? [Any]).map { try Side($0) }
    ending = object["ending"] is [String: Any] ? try Side(object["ending"]) : nil
  }
}

extension Machine {
  func conflicts(_ words: String...) throws -> [ConflictDocument] {
    let document = try run(["conflicts", "--json"] + words).succeeded().document()
    return try #require(document as? [Any]).map(ConflictDocument.init)
  }

  /// Runs `conflicts merge` with an editor that does this to the file `$1`.
  func merge(
    _ id: String, _ script: String, with changes: [String: String?] = [:]
  ) throws -> Outcome {
    let editor = try file("editor", "#!/bin/sh\nset -e\n\(script)\n", mode: 0o755)
    return try run(
      ["conflicts", "merge", id],
      with: ["EDITOR": "/bin/sh '\(editor)'"].merging(changes) { $1 })
  }
}
