import RemoteSupport
import TasksRemote
import Testing

/// The remote that goes wrong for other tests goes wrong as told.
@Suite struct FaultyRemoteTests {
  private let shelf: Shelf
  private let uploads = (0..<3).map { Upload(.numbered($0), [UInt8($0), 7, 7]) }

  init() throws { shelf = try Shelf() }

  @Test func withoutAFaultItIsTheRemote() throws {
    let remote = FaultyRemote(try shelf.made(at: .folder))
    #expect(try remote.publish(uploads) == [.published, .published, .published])
    #expect(try remote.list(.bundles)?.files.count == 3)
    #expect(try remote.fetch([.numbered(2)]) == [.content([2, 7, 7])])
    #expect(remote.calls == 5)
  }

  @Test(arguments: [1, 2, 3, 4], [false, true])
  func theNthCallAndThoseAfterItFail(call: Int, afterTheFact: Bool) throws {
    let remote = FaultyRemote(try shelf.made(at: .folder))
    remote.faults.failingCall = call
    remote.faults.afterTheFact = afterTheFact
    remote.faults.error = .refused("here")
    #expect(
      failure {
        _ = try remote.publish(uploads)
        _ = try remote.list(.bundles)
      } == .refused("here"))
    #expect(try shelf.names().count == min(call - 1 + (afterTheFact ? 1 : 0), 3))
    #expect(failure { try remote.remove([.numbered(0)], from: .bundles) } == .refused("here"))
  }

  @Test func listingsAndFilesAreDisturbed() throws {
    let remote = FaultyRemote(try shelf.made(at: .folder))
    _ = try remote.publish(uploads)
    remote.faults.stale = [.numbered(9)]
    remote.faults.hidden = [.numbered(1)]
    remote.faults.isReordering = true
    remote.faults.cutShort = [.numbered(0): 1]
    #expect(
      try remote.list(.bundles)?.files.map(\.name) == [.numbered(9), .numbered(2), .numbered(0)])
    #expect(try remote.fetch([.numbered(9), .numbered(0)]) == [.missing, .content([0])])
  }
}
