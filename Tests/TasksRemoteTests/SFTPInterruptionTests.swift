import Foundation
import TasksFiles
import TasksRemote
import Testing

/// Whatever happens on the way, no name ever stands for a part of a file.
@Suite struct SFTPInterruptionTests {
  private let shelf: Shelf

  init() throws { shelf = try Shelf() }

  private static func uploads(_ count: Int, size: Int = 412) -> [Upload] {
    (0..<count).map {
      Upload(.numbered($0), RemoteConformanceTests.bytes(size, seed: UInt64($0)))
    }
  }

  /// A rename on its way together with a write would publish a write that failed.
  @Test func whatFailedToBeWrittenIsNotNamed() throws {
    _ = try shelf.made(at: .folder)
    for request in [6, 4] {
      let remote = SFTPRemote(.strange(shelf.path, ["fails=\(request)"]))
      let uploads = Self.uploads(3)
      _ = try remote.survey(drafting: uploads)
      #expect {
        _ = try remote.publish(uploads)
      } throws: { error in
        guard case .failed = error as? RemoteError else { return false }
        return true
      }
      remote.close()
      #expect(try shelf.names() == [])
    }
  }

  /// Each is named as soon as it can be, so what got through before the end stays.
  @Test func aConnectionThatIsCutKeepsWhatGotThrough() throws {
    _ = try shelf.made(at: .folder)
    // Large ones, so that they are not all on their way at once.
    let uploads = Self.uploads(8, size: 1 << 20)
    let remote = SFTPRemote(.strange(shelf.path, ["dies=220"]))
    #expect {
      _ = try remote.publish(uploads)
    } throws: { error in
      guard case .ended(let ending) = error as? RemoteError else { return false }
      return ending.ending == .exited(3) && ending.hadAnswered
        && ending.errors.contains("closed by remote host")
    }
    let listing = try #require(try FolderRemote(path: shelf.path).list(.bundles))
    #expect((1..<8).contains(listing.files.count))
    #expect(!listing.drafts.isEmpty)
    for entry in listing.files { #expect(entry.size == 1 << 20) }
    // And then the rest.
    #expect(
      Set(try FolderRemote(path: shelf.path).publish(uploads)) == [.wasThere, .published])
  }

  /// `dies` leaves the n-th request undone, `drops` does it and does not say so.
  @Test(arguments: ["dies", "drops"])
  func anEndAtAnyMomentIsMadeGoodByTheNextPush(trait: String) throws {
    _ = try shelf.made(at: .folder)
    let uploads = Self.uploads(3, size: 70_000)
    var ends = 0
    var request = 0
    while true {
      request += 1
      let remote = SFTPRemote(.strange(shelf.path, ["\(trait)=\(request)"]))
      var done: [RemoteName] = []
      let error = failure {
        _ = try remote.survey(drafting: uploads)
        try remote.publish(uploads, in: .bundles) { name, _ in done.append(name) }
      }
      let listing = try #require(try FolderRemote(path: shelf.path).list(.bundles))
      for entry in listing.files { #expect(entry.size == 70_000, "\(trait)=\(request)") }
      #expect(Set(done).isSubset(of: listing.files.map(\.name)))
      if error == nil { break }
      guard case .ended = error else {
        Issue.record("\(trait)=\(request): \(String(describing: error))")
        break
      }
      ends += 1
      #expect(Set(try FolderRemote(path: shelf.path).publish(uploads)) != [.differs])
      #expect(
        try FolderRemote(path: shelf.path).fetch(uploads.map(\.name))
          == uploads.compactMap { $0.content().map(Fetched.content) })
      // As if nothing had been there, for the next.
      try FolderRemote(path: shelf.path).remove(
        uploads.map(\.name) + listing.drafts.map(\.name), from: .bundles)
    }
    #expect(ends > 20)
  }

  /// Answers with a few wrong bytes lead to an error or to none, but never to a crash or to waiting for ever.
  @Test(arguments: 1...25)
  func garbledAnswersEnd(seed: Int) throws {
    _ = try shelf.made(at: .folder)
    let patience = Patience(greeting: 5_000, answering: 300, ending: 0)
    let remote = SFTPRemote(
      .strange(shelf.path, ["garbles=\(seed)"], patience: patience))
    let uploads = Self.uploads(5, size: 40_000)
    let start = ContinuousClock.now
    _ = failure {
      _ = try remote.survey(drafting: uploads)
      _ = try remote.publish(uploads)
      _ = try remote.list(.bundles)
      _ = try remote.fetch(uploads.map(\.name))
    }
    remote.close()
    #expect(start.duration(to: .now) < .seconds(20))
    let listing = try #require(try FolderRemote(path: shelf.path).list(.bundles))
    for entry in listing.files { #expect(entry.size == 40_000) }
  }
}
