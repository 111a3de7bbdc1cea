import Foundation
import TasksRemote
import Testing

/// What every remote has to do, whatever it is made of.
@Suite struct RemoteConformanceTests {
  private let shelf: Shelf

  init() throws { shelf = try Shelf() }

  @Test(arguments: Site.available)
  func whatIsNoRemoteIsToldFromAnEmptyOne(site: Site) throws {
    let nothing = Survey(settings: nil, bundles: nil)
    #expect(try site.remote(at: shelf.path).survey(drafting: []) == nothing)
    // As where no stick is mounted.
    try FileManager.default.createDirectory(
      atPath: shelf.path, withIntermediateDirectories: false)
    #expect(try site.remote(at: shelf.path).survey(drafting: []) == nothing)
    _ = try shelf.made(at: site)
    #expect(
      try site.remote(at: shelf.path).survey(drafting: [])
        == Survey(settings: Array("{}".utf8), bundles: Listing()))
  }

  @Test(arguments: Site.available)
  func settingsAreWrittenOnce(site: Site) throws {
    let remote = site.remote(at: shelf.path + "/deep/er")
    let first = [UInt8](repeating: 7, count: 40_000)
    #expect(try remote.create(settings: first, folders: [.bundles, .keys]) == first)
    #expect(try remote.create(settings: [2], folders: [.bundles, .keys]) == first)
    let other = site.remote(at: shelf.path + "/deep/er")
    #expect(try other.create(settings: [2], folders: [.bundles]) == first)
    #expect(try other.survey(drafting: []).settings == first)
    #expect(try other.list(.keys) == Listing())
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: shelf.path + "/deep/er").sorted() == [
        "bundles", "keys", "tasks-remote.json",
      ])
  }

  @Test(arguments: Site.available)
  func settingsThatAreTooLargeAreNone(site: Site) throws {
    _ = try shelf.made(at: site)
    let path = shelf.path + "/tasks-remote.json"
    try Data(count: RemoteLimits.settingsSize).write(to: URL(filePath: path))
    #expect(
      try site.remote(at: shelf.path).survey(drafting: []).settings?.count
        == RemoteLimits.settingsSize)
    try Data(count: RemoteLimits.settingsSize + 1).write(to: URL(filePath: path))
    #expect(
      failure { _ = try site.remote(at: shelf.path).survey(drafting: []) } == .tooLarge(path))
  }

  @Test(arguments: Site.available)
  func whatIsPublishedIsListedAndComesBack(site: Site) throws {
    let remote = try shelf.made(at: site)
    let sizes = [0, 1, 1000, 32_767, 32_768, 32_769, 131_072, 300_000, RemoteLimits.fileSize]
    let uploads = sizes.enumerated().map { index, size in
      Upload(.numbered(index), Self.bytes(size, seed: UInt64(index)))
    }
    #expect(
      try remote.publish(uploads) == Array(repeating: .published, count: sizes.count))
    let other = site.remote(at: shelf.path)
    let listing = try #require(try other.survey(drafting: []).bundles)
    #expect(listing.files.map(\.name) == uploads.map(\.name))
    if site != .strange { #expect(listing.files.map(\.size) == sizes) }
    // With the sizes as listed, in another order.
    var got: [RemoteName: Fetched] = [:]
    var order: [RemoteName] = []
    try other.fetch(listing.files.reversed(), from: .bundles) { name, fetched in
      order.append(name)
      got[name] = fetched
      return true
    }
    #expect(order == listing.files.map(\.name).reversed())
    for upload in uploads {
      #expect(got[upload.name] == upload.content().map(Fetched.content), "\(upload.name.text)")
    }
    // Without.
    #expect(
      try other.fetch([.numbered(7), .numbered(0)])
        == [uploads[7], uploads[0]].compactMap { $0.content().map(Fetched.content) })
  }

  @Test(arguments: Site.available)
  func manyFilesAtOnce(site: Site) throws {
    let remote = try shelf.made(at: site)
    // rclone reads the folder for each, so that it sees what we put there ourselves.
    let count = site == .rclone ? 40 : 620
    let uploads = (0..<count).map { Upload(.numbered($0), Self.bytes($0, seed: UInt64($0))) }
    #expect(try remote.publish(uploads) == Array(repeating: .published, count: count))
    #expect(try shelf.names().count == count)
    #expect(
      try remote.fetch(uploads.map(\.name))
        == uploads.compactMap { $0.content().map(Fetched.content) })
    #expect(try remote.list(.bundles)?.files.count == count)
    try remote.remove(uploads.dropFirst(3).map(\.name), from: .bundles)
    #expect(try shelf.names() == ["bundle-0.tasks", "bundle-1.tasks", "bundle-2.tasks"])
  }

  @Test(arguments: Site.available)
  func draftsOfASurveyAreFinishedOrDiscarded(site: Site) throws {
    _ = try shelf.made(at: site)
    let uploads = (0..<5).map { Upload(.numbered($0), [UInt8($0)]) }
    let remote = site.remote(at: shelf.path)
    let before = Int64(Date().timeIntervalSince1970)
    let survey = try remote.survey(drafting: uploads)
    #expect(survey.bundles?.files == [])
    if site != .strange, site != .rclone {
      #expect(abs(try #require(survey.clock) - before) <= 60)
    }
    #expect(
      try remote.publish([uploads[1], uploads[3], Upload(.numbered(9), [9])])
        == [.published, .published, .published])
    // Whoever asks for the listing knows that the others have been dealt with.
    #expect(try remote.list(.bundles)?.drafts == [])
    #expect(try shelf.names() == ["bundle-1.tasks", "bundle-3.tasks", "bundle-9.tasks"])
    #expect(try shelf.content(of: "bundle-3.tasks") == [3])

    _ = try remote.survey(drafting: uploads)
    try remote.publish([], in: .bundles) { _, _ in Issue.record("nothing was to be published") }
    _ = try remote.survey(drafting: uploads)
    remote.close()
    #expect(try site.remote(at: shelf.path).list(.bundles)?.drafts == [])
    #expect(try shelf.names().count == 3)
    #expect(throws: RemoteError.closed) { try remote.list(.bundles) }
  }

  @Test(arguments: Site.available)
  func nothingIsEverReplaced(site: Site) throws {
    let remote = try shelf.made(at: site)
    try shelf.put([1, 2, 3], as: "same.tasks")
    try shelf.put([1, 2], as: "shorter.tasks")
    try shelf.put([1, 2, 3, 4], as: "longer.tasks")
    try shelf.put([], as: "empty.tasks")
    let uploads = ["same", "shorter", "longer", "empty", "new"].compactMap {
      RemoteName($0 + ".tasks").map { Upload($0, [1, 2, 3]) }
    }
    #expect(
      try remote.publish(uploads) == [.wasThere, .differs, .differs, .differs, .published])
    #expect(try shelf.content(of: "shorter.tasks") == [1, 2])
    #expect(try shelf.content(of: "longer.tasks") == [1, 2, 3, 4])
    #expect(try remote.list(.bundles)?.drafts == [])
    #expect(try shelf.names().count == 5)
  }

  @Test(arguments: Site.available)
  func whatCannotBeReadHereEndsPublishing(site: Site) throws {
    let remote = try shelf.made(at: site)
    let uploads = [
      Upload(.numbered(1), [1]), Upload(.numbered(2)) { nil }, Upload(.numbered(3), [3]),
    ]
    var done: [RemoteName] = []
    #expect(throws: RemoteError.unreadable(.numbered(2))) {
      try remote.publish(uploads, in: .bundles) { name, _ in done.append(name) }
    }
    #expect(done == [.numbered(1)])
    #expect(try remote.list(.bundles)?.files.map(\.name) == [.numbered(1)])
    #expect(try shelf.names() == ["bundle-1.tasks"])
  }

  @Test(arguments: Site.available)
  func aFolderThatIsNotThereIsTold(site: Site) throws {
    let remote = site.remote(at: shelf.path)
    #expect(try remote.list(.keys) == nil)
    #expect {
      _ = try remote.publish([Upload(.numbered(1), [1])])
    } throws: { error in
      guard case .missing = error as? RemoteError else { return false }
      return true
    }
    // Drafts do not hinder a look at a place that turns out to be none.
    let survey = try remote.survey(drafting: [Upload(.numbered(1), [1])])
    #expect(survey == Survey(settings: nil, bundles: nil))
  }

  @Test(arguments: Site.available)
  func whatHasGoneOrIsTooLargeIsToldAndTheOthersCome(site: Site) throws {
    let remote = try shelf.made(at: site)
    try shelf.put([1], as: "bundle-1.tasks")
    try shelf.put(Self.bytes(RemoteLimits.fileSize + 1, seed: 1), as: "bundle-2.tasks")
    try shelf.put([3], as: "bundle-3.tasks")
    #expect(
      try remote.fetch([.numbered(0), .numbered(1), .numbered(2), .numbered(3)])
        == [.missing, .content([1]), .tooLarge, .content([3])])
    // A listing that is no longer true.
    var fetched: [Fetched] = []
    let stale = [RemoteEntry(.numbered(1), size: 100_000), RemoteEntry(.numbered(3), size: 0)]
    try remote.fetch(stale, from: .bundles) {
      fetched.append($1)
      return true
    }
    #expect(fetched == [.content([1]), .content([3])])
  }

  @Test(arguments: Site.available)
  func fetchingStopsWhenToldTo(site: Site) throws {
    let remote = try shelf.made(at: site)
    let uploads = (0..<20).map { Upload(.numbered($0), [UInt8($0)]) }
    _ = try remote.publish(uploads)
    var count = 0
    try remote.fetch(uploads.map { RemoteEntry($0.name) }, from: .bundles) { _, _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
    #expect(try remote.fetch([.numbered(19)]) == [.content([19])])
  }

  @Test(arguments: Site.available)
  func removingAndSettingAside(site: Site) throws {
    let remote = try shelf.made(at: site)
    try shelf.put([1], as: "bundle-1.tasks")
    try shelf.put([2], as: "bundle-2.tasks")
    try shelf.put([0], as: ".mine1.part")
    try remote.remove(
      [.numbered(1), .numbered(7), RemoteName(".mine1.part")], from: .bundles)
    #expect(try shelf.names() == ["bundle-2.tasks"])
    try remote.setAside(.numbered(2), in: .bundles)
    try shelf.put([3], as: "bundle-2.tasks")
    try remote.setAside(.numbered(2), in: .bundles)
    #expect(try shelf.names() == ["bundle-2.tasks.damaged"])
    #expect(try shelf.content(of: "bundle-2.tasks.damaged") == [3])
    #expect {
      try remote.setAside(.numbered(2), in: .bundles)
    } throws: { error in
      guard case .missing = error as? RemoteError else { return false }
      return true
    }
    #expect(try shelf.names() == ["bundle-2.tasks.damaged"])
  }

  /// A push over SFTP failed when it had begun to send anew what it then set aside.
  @Test(arguments: Site.available)
  func whatIsSetAsideIsNotInTheWayOfADraft(site: Site) throws {
    let remote = try shelf.made(at: site)
    try shelf.put([0], as: "bundle-1.tasks")
    let upload = Upload(.numbered(1), [1, 2])
    _ = try remote.survey(drafting: [upload])
    try remote.setAside(.numbered(1), in: .bundles)
    #expect(try remote.publish([upload]) == [.published])
    #expect(try shelf.content(of: "bundle-1.tasks") == [1, 2])
    #expect(try shelf.names() == ["bundle-1.tasks", "bundle-1.tasks.damaged"])
  }

  @Test(arguments: Site.available)
  func strangersAreCountedAndDraftsKnown(site: Site) throws {
    let remote = try shelf.made(at: site)
    for name in ["Good.tasks", "a b", "desktop.ini", ".mine77.part", ".stfolder", "new\nline"] {
      try shelf.put([1], as: name)
    }
    try FileManager.default.createDirectory(
      atPath: shelf.bundles + "/folder.tasks", withIntermediateDirectories: false)
    let listing = try #require(try remote.list(.bundles))
    #expect(listing.drafts.map(\.name.text) == [".mine77.part"])
    #expect(listing.drafts.first?.name.isDraft(of: "mine") == true)
    #expect(listing.drafts.first?.name.isDraft(of: "hers") == false)
    if site != .strange {
      #expect(listing.files.map(\.name.text) == ["desktop.ini"])
      #expect(listing.strangers == 5)
      let modified = try #require(listing.files.first?.modified)
      #expect(abs(Double(modified) - Date().timeIntervalSince1970) <= 60)
    }
  }

  @Test(arguments: Site.available)
  func freeSpaceIsToldWhereItIsKnown(site: Site) throws {
    let remote = try shelf.made(at: site)
    let free = try remote.freeSpace()
    switch site {
    case .folder, .patientFolder, .openSSH, .overOwnSSH, .overOpenSSH:
      #expect(try #require(free) > 0)
    case .strange: #expect(free == nil)
    case .rclone: break
    }
  }

  /// Bytes that a seed repeats.
  static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    var words: [UInt64] = []
    words.reserveCapacity(count / 8 + 1)
    for _ in 0...(count / 8) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      words.append(state)
    }
    return words.withUnsafeBytes { Array($0.prefix(count)) }
  }
}
