import Foundation
import Testing

/// A laptop and a desk computer with a remote between them, on a disk that is neither's.
struct Meeting {
  /// How the devices reach the remote.
  enum Way: CaseIterable, CustomTestStringConvertible {
    case folder
    /// OpenSSH's server on the pipes of a command.
    case server

    var testDescription: String { "\(self)" }

    static let program = "/usr/lib/openssh/sftp-server"
    /// Those that this machine has.
    static var all: [Way] { allCases.filter { $0 == .folder || Machine.isThere(program) } }
  }

  let laptop: Machine
  let desk: Machine
  let way: Way
  private let disk: Machine

  init(over way: Way = .folder, _ variables: [String: String] = [:]) throws {
    self.way = way
    laptop = try Machine(variables)
    desk = try Machine(variables)
    disk = try Machine()
    try laptop.run("init", "--name", "laptop").succeeded()
    try desk.run("init", "--name", "desk").succeeded()
    if way == .server {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false)
    }
  }

  /// What the remote's folder is in, where a stick would be mounted.
  var mount: String { disk.home }
  var folder: String { "\(disk.home)/tasks" }
  var bundles: String { "\(folder)/bundles" }

  /// The remote as the devices know it.
  var address: String {
    switch way {
    case .folder: folder
    case .server: "command:\(Way.program) -d '\(folder)'"
    }
  }

  /// The laptop adds a task and sends it; the desk begins with that.
  func begin(_ title: String = "Buy milk") throws {
    try laptop.run("add", title).succeeded()
    try laptop.run("remote", "add", address).succeeded()
    try laptop.run("sync").succeeded()
    try desk.run("clone", address).succeeded()
  }

  /// The names of the bundles on the remote.
  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bundles)
      .filter { $0.hasSuffix(".tasks") }.sorted()
  }

  /// Everything on the remote, names and contents.
  func everything() throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      found[name] = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
    }
    return found
  }
}

extension Machine {
  /// An object that a command prints with `--json`.
  func object(_ words: String...) throws -> [String: Any] {
    try run(words + ["--json"]).succeeded().object()
  }

  /// What `sync_status` says of the tasks, in the order of their titles.
  func syncStatus() throws -> [String: String] {
    var status: [String: String] = [:]
    for task in try allTasks() { status[task.title ?? ""] = task.syncStatus }
    return status
  }

  /// What the tasks are, without what is only this device's affair.
  func contents() throws -> Set<TaskDocument.Content> { Set(try allTasks().map(\.content)) }
}
