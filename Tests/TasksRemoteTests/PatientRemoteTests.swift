import Foundation
import RemoteSupport
import TasksFiles
import TasksRemote
import Testing

/// A folder on a disk that does not answer.
@Suite struct PatientRemoteTests {
  /// A disk that holds every call until it is let go.
  private final class Disk: @unchecked Sendable {
    // Each end of the pipe is used by one thread.
    let pipe = Pipe()

    func hold() { _ = pipe.fileHandleForReading.availableData }
    func letGo() { try? pipe.fileHandleForWriting.close() }
  }

  /// One that does something before its first call fails.
  private func remote(
    _ shelf: Shelf, patience: Int, before: @escaping (Deputy.Pulse) -> Void
  ) throws -> PatientRemote {
    try PatientRemote(patience: patience) { pulse in
      var faults = FaultyRemote.Faults()
      faults.failingCall = 1
      faults.error = .readOnly("")
      faults.whenFailing = { before(pulse) }
      return FaultyRemote(FolderRemote(path: shelf.path, pulse), faults: faults)
    }
  }

  @Test func itIsGivenUpAndHeardOfNoMore() throws {
    let shelf = try Shelf()
    let disk = Disk()
    let remote = try remote(shelf, patience: 200) { _ in disk.hold() }
    let start = ContinuousClock.now
    #expect(throws: RemoteError.timedOut(milliseconds: 200)) { try remote.survey(drafting: []) }
    #expect(start.duration(to: .now) < .seconds(10))
    #expect(throws: RemoteError.timedOut(milliseconds: 200)) { try remote.list(.bundles) }
    remote.close()
    disk.letGo()
  }

  /// A listing may take long, and that is no silence.
  @Test func oneThatIsSlowIsWaitedFor() throws {
    let shelf = try Shelf()
    let remote = try remote(shelf, patience: 400) { pulse in
      for _ in 0..<10 {
        usleep(100_000)
        #expect(pulse.beat())
      }
    }
    #expect(throws: RemoteError.readOnly("")) { try remote.survey(drafting: []) }
    remote.close()
  }
}
