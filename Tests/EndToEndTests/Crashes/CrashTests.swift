import Foundation
import Testing

/// Commands that are killed, or whose calls to the system fail, at every call that changes something.
///
/// By default a sample of the calls; `make soak` tries all.
@Suite(.enabled(if: Strace.isPossible, Strace.need)) struct CrashTests {
  @Test(arguments: Deed.allCases)
  func aDisturbedCommandDoesAllOrNothingAndLosesNothing(deed: Deed) throws {
    let stage = try Stage(deed)
    for fault in Fault.allCases {
      let calls = stage.calls(for: fault)
      for call in calls { try Trial(on: stage, fault, at: call).check() }
      if Hunt.isWhole { print("\(deed), \(fault.rawValue): \(calls.count) calls") }
    }
  }

  // MARK: - Places where something was wrong once

  /// Hits the first and the last such call of the command; all of them if everything is tried.
  private func disturb(
    _ deed: Deed, _ fault: Fault, at isPlace: (SystemCall) -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var stage = try Stage(deed)
    var calls = stage.calls.filter(isPlace)
    // A file goes into a folder named by the start of its hash, which by chance may be there already.
    for _ in 0..<5 where calls.isEmpty {
      stage = try Stage(deed)
      calls = stage.calls.filter(isPlace)
    }
    try #require(!calls.isEmpty, sourceLocation: sourceLocation)
    let places = Hunt.isWhole ? Array(calls.indices) : [0, calls.count - 1]
    for place in Set(places) { try Trial(on: stage, fault, at: calls[place]).check() }
  }

  /// A folder that a killed command has just made is there, but may not be on the disk.
  @Test(arguments: [Deed.firstCommit, .bundleApply, .addOnABareMachine])
  func aFolderThatAKilledCommandMadeIsSynced(deed: Deed) throws {
    try disturb(deed, .kill) { call in
      call.name == "fsync" && !call.path.contains("/tasks/changes/") && !call.path.contains(".part")
    }
  }

  /// A file that has its name may not be on the disk with it.
  @Test(arguments: [Deed.commit, .bundleApply])
  func aFileThatAKilledCommandWroteIsSynced(deed: Deed) throws {
    try disturb(deed, .kill) { call in
      call.name == "fsync" && call.path.contains("/tasks/changes/") && !call.path.contains(".part")
    }
  }

  @Test func aFullDiskDoesNotMakeARebuildForgetEdits() throws {
    try disturb(.rebuild, .diskFull) { call in
      ["openat", "pwrite64"].contains(call.name) && call.path.hasSuffix("/tasks.db-journal")
    }
  }

  /// Whoever wanted an encrypted remote never gets another, wherever they are killed.
  @Test func aKilledRemoteAddLeavesNoneThatIsSentToInClear() throws {
    let machine = try Machine()
    try machine.add("Geheimnis")
    let key = try machine.file("key", String(repeating: "k", count: 64))
    let folder = "\(machine.home)/remote"
    let words = ["remote", "add", folder, "--encrypt", "--key-file", key]
    try machine.shell(#"cp -a "$1" saved"#, machine.store).succeeded()
    let restore = #"rm -rf "$1" "$2" && cp -a saved "$1""#
    try machine.shell(restore, machine.store, folder).succeeded()
    let calls = try Strace.run(words, on: machine).calls.filter(Fault.kill.canHit)
    #expect(calls.count > 3)
    var added = 0
    for call in calls {
      try machine.shell(restore, machine.store, folder).succeeded()
      _ = try Strace.run(words, on: machine, (.kill, call))
      let sync = try machine.run("sync")
      let settings = try? String(contentsOfFile: folder + "/tasks-remote.json", encoding: .utf8)
      if let settings {
        added += 1
        #expect(sync.status == 0 && settings.contains("xchacha20"), "\(call): \(settings)")
      } else {
        #expect(sync.status == 2 && !Machine.isThere(folder), "\(call): \(sync)")
      }
    }
    #expect(added > 0 && added < calls.count)
  }

  /// Making the database anew turns the log of the old one off first.
  @Test func theLogIsOnAgainAfterAKilledRebuild() throws {
    let stage = try Stage(.rebuild)
    let link = try #require(stage.calls.first { $0.name == "link" })
    let killed = try Strace.run(stage.deed.words, on: stage.machine, (.kill, link)).outcome
    #expect(killed.status == 128 + 9)
    try #expect(!stage.usesLog)
    let children = try (1...8).map { number in
      try stage.machine.start(["add", "t\(number)"].map { Array($0.utf8) })
    }
    for child in children { child.outcome().succeeded() }
    try #expect(stage.usesLog)
    try stage.machine.run("fsck").succeeded()
  }

  @Test func aCommitThatIsDoneDoesNotFailForTidyingUp() throws {
    let stage = try Stage(.commit)
    let name = try #require(
      stage.calls.firstIndex { $0.name == "rename" && $0.path.hasSuffix(".tasks") })
    let tidying = try #require(
      stage.calls[name...].first { $0.name == "pwrite64" && $0.path.hasSuffix("-wal") })
    try Trial(on: stage, .diskFull, at: tidying).check()
  }

  @Test func anInterruptedSyncGoesOn() throws {
    let stage = try Stage(.commit)
    for call in stage.calls where call.name == "fsync" {
      try stage.restore()
      try Strace.run(stage.deed.words, on: stage.machine, (.interruption, call)).outcome.succeeded()
    }
  }
}
