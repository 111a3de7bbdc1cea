import TasksRemote
import TestSupport
import Testing

/// Remotes whose disk is full or cannot be written to.
@Suite(.enabled(if: SmallDisk.isPossible, "only root can mount a disk"))
struct SmallDiskTests {
  @Test(arguments: Site.available)
  func aFullDiskIsToldAndKeepsWhatGotThrough(site: Site) throws {
    let disk = try SmallDisk("1m")
    let remote = site.remote(at: disk.path + "/remote")
    _ = try remote.create(settings: [1], folders: [.bundles])
    let uploads = (0..<6).map {
      Upload(.numbered($0), RemoteConformanceTests.bytes(300_000, seed: UInt64($0)))
    }
    var done: [RemoteName] = []
    let error = failure {
      try remote.publish(uploads, in: .bundles) { name, _ in done.append(name) }
    }
    switch error {
    case .full: break
    // These say no more.
    case .failed where site == .strange || site == .rclone: break
    default: Issue.record("\(String(describing: error))")
    }
    #expect((1...3).contains(done.count))
    let listing = try #require(try remote.list(.bundles))
    #expect(listing.files.map(\.name) == done)
    #expect(listing.drafts == [])
    try disk.remount("size=9m")
    #expect(
      try remote.publish(uploads)
        == uploads.map { done.contains($0.name) ? .wasThere : .published })
    for (upload, fetched) in zip(uploads, try remote.fetch(uploads.map(\.name))) {
      #expect(fetched == upload.content().map(Fetched.content))
    }
  }

  @Test(arguments: Site.available)
  func aReadOnlyDiskCanBeLookedAt(site: Site) throws {
    let disk = try SmallDisk("1m")
    let maker = site.remote(at: disk.path + "/remote")
    _ = try maker.create(settings: [1], folders: [.bundles])
    #expect(try maker.publish([Upload(.numbered(1), [1])]) == [.published])
    maker.close()
    try disk.remount("ro")
    let remote = site.remote(at: disk.path + "/remote")
    let uploads = [Upload(.numbered(2), [2])]
    let survey = try remote.survey(drafting: uploads)
    #expect(survey.settings == [1])
    #expect(survey.bundles?.files.map(\.name) == [.numbered(1)])
    let errors = [
      failure { _ = try remote.publish(uploads) },
      failure { try remote.remove([.numbered(1)], from: .bundles) },
      failure { try remote.setAside(.numbered(1), in: .bundles) },
    ]
    for error in errors {
      switch error {
      case .readOnly: break
      case .failed where site == .strange || site == .rclone: break
      default: Issue.record("\(String(describing: error))")
      }
    }
    #expect(try remote.fetch([.numbered(1)]) == [.content([1])])
  }
}
