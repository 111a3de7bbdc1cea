import Foundation
import Testing

/// The order in which commands write: what they said they did outlives a power cut.
///
/// The crash tests follow the model after every fault, too.
@Suite(.enabled(if: Strace.isPossible, Strace.need)) struct PowerCutTests {
  @Test(arguments: Deed.allCases)
  func whatWasAcknowledgedOutlivesAPowerCut(deed: Deed) throws {
    let stage = try Stage(deed)
    var disk = Disk(of: stage.machine)
    disk.follow(stage.calls)
    disk.expectAcknowledged()
    #expect(disk.violations == [])
  }

  /// Every sync of a file of changes, of its folders and of the log counts: the model misses it if it is left out.
  @Test(arguments: [Deed.firstCommit, .commit, .bundleApply])
  func noSyncIsTooMany(deed: Deed) throws {
    let stage = try Stage(deed)
    let syncs = stage.calls.indices.filter { index in
      let call = stage.calls[index]
      return call.name == "fsync" && call.path.contains("/changes")
    }
    #expect(syncs.count >= 2, "the file and its folder")
    for index in syncs {
      var calls = stage.calls
      let sync = calls.remove(at: index)
      var disk = Disk(of: stage.machine)
      disk.follow(calls)
      disk.expectAcknowledged()
      #expect(disk.violations != [], "\(sync)")
    }
  }

  /// The file first, then the database that says it is there.
  @Test func aFileThatWasBroughtIsOnTheDiskBeforeTheDatabaseKnowsIt() throws {
    let calls = try Stage(.bundleApply).calls
    let name = try #require(
      calls.firstIndex { $0.name == "rename" && $0.path.hasSuffix(".tasks") })
    let folder = URL(fileURLWithPath: calls[name].path).deletingLastPathComponent().path
    let sync = try #require(
      calls[name...].firstIndex { $0.name == "fsync" && $0.path == folder })
    let frame = try #require(
      calls.firstIndex { $0.name == "pwrite64" && $0.path.hasSuffix("tasks.db-wal") })
    #expect(name < sync && sync < frame)
    let commit = calls[frame...].firstIndex {
      $0.name == "fdatasync" && $0.path.hasSuffix("tasks.db-wal")
    }
    #expect(commit != nil, "the database waits for the disk")
  }

  /// The database first, then the file: otherwise a power cut could let the same edits be sealed again.
  @Test func whatIsSealedIsInTheDatabaseBeforeItsFileHasAName() throws {
    let calls = try Stage(.commit).calls
    let name = try #require(
      calls.firstIndex { $0.name == "rename" && $0.path.hasSuffix(".tasks") })
    let isLog = { (call: SystemCall) in call.path.hasSuffix("tasks.db-wal") }
    let last = try #require(calls[..<name].lastIndex(where: isLog))
    #expect(calls[last].name == "fdatasync", "\(calls[last])")
  }

  /// Cleaning up after a file was written is done in passing; the edit that follows must not be.
  @Test func anEditWaitsForTheDiskThoughForgettingAWrittenFileFailed() throws {
    let stage = try Stage(.writeOfAMissingFile)
    let edit = ["add", "after"]
    let undisturbed = try Strace.run(edit, on: stage.machine).calls
    let isLogWrite = { (call: SystemCall) in
      call.name == "pwrite64" && call.path.hasSuffix("tasks.db-wal")
    }
    let file = try #require(
      undisturbed.firstIndex { $0.name == "rename" && $0.path.hasSuffix(".tasks") })
    let forgetting = try #require(undisturbed[file...].first(where: isLogWrite))
    try stage.restore()
    let (outcome, calls) = try Strace.run(edit, on: stage.machine, (.diskFull, forgetting))
    outcome.succeeded()
    let told = try #require(calls.firstIndex { $0.isTalk })
    let last = try #require(calls[..<told].last { $0.path.hasSuffix("tasks.db-wal") })
    #expect(
      last.name == "fdatasync", "the edit was acknowledged before it was on the disk: \(last)")
  }
}
