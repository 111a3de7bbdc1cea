import Foundation
import Testing

@testable import TasksRemote

/// What only a folder can get wrong.
@Suite struct FolderRemoteTests {
  private let shelf: Shelf

  init() throws { shelf = try Shelf() }

  @Test func noLinkIsFollowed() throws {
    let remote = try shelf.made(at: .folder)
    let secret = shelf.path + "/secret"
    try Data("secret".utf8).write(to: URL(filePath: secret))
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: shelf.bundles + "/link.tasks", withDestinationPath: secret)
    try files.createSymbolicLink(
      atPath: shelf.bundles + "/bundle-1.tasks", withDestinationPath: shelf.path + "/new")
    #expect(try remote.list(.bundles) == Listing(strangers: 2))
    #expect(
      try remote.fetch([RemoteName("link.tasks")])
        == [.failed(.notPlain(shelf.bundles + "/link.tasks"))])
    // Where a link has the name, nothing is written through it.
    #expect(
      failure { _ = try remote.publish([Upload(.numbered(1), [1])]) }
        == .notPlain(shelf.bundles + "/bundle-1.tasks"))
    #expect(!files.fileExists(atPath: shelf.path + "/new"))

    // The folder itself may not be one, the way to it may.
    try files.removeItem(atPath: shelf.bundles)
    try files.createDirectory(atPath: shelf.path + "/other", withIntermediateDirectories: false)
    try files.createSymbolicLink(
      atPath: shelf.bundles, withDestinationPath: shelf.path + "/other")
    let again = FolderRemote(path: shelf.path)
    #expect(failure { _ = try again.survey(drafting: []) } == .notPlain(shelf.bundles))
    try files.createSymbolicLink(
      atPath: shelf.path + "/way", withDestinationPath: shelf.path)
    #expect(
      failure { _ = try FolderRemote(path: shelf.path + "/way").list(.bundles) }
        == .notPlain(shelf.path + "/way/bundles"))
  }

  @Test func aPipeDoesNotHoldUs() throws {
    let remote = try shelf.made(at: .folder)
    mkfifo(shelf.bundles + "/pipe.tasks", 0o600)
    mkfifo(shelf.path + "/keys", 0o600)
    #expect(try remote.list(.bundles) == Listing(strangers: 1))
    #expect(
      try remote.fetch([RemoteName("pipe.tasks")])
        == [.failed(.notPlain(shelf.bundles + "/pipe.tasks"))])
    #expect(failure { _ = try remote.list(.keys) } == .notPlain(shelf.path + "/keys"))
  }

  /// Who may write to the folder may read what is in it.
  @Test(arguments: [(0o700, 0o600), (0o755, 0o600), (0o770, 0o640), (0o777, 0o644)])
  func filesAreForThoseWhomTheFolderIsFor(folder: Int, file: Int) throws {
    let remote = try shelf.made(at: .folder)
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: folder], ofItemAtPath: shelf.bundles)
    _ = try remote.publish([Upload(.numbered(1), [1])])
    let path = shelf.bundles + "/bundle-1.tasks"
    #expect(try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int == file)
  }

  @Test func aFolderThatGoesAwayIsTold() throws {
    let remote = try shelf.made(at: .folder)
    try FileManager.default.removeItem(atPath: shelf.path)
    // What is open is still the folder that it was; a new look finds nothing.
    #expect(
      failure { _ = try remote.publish([Upload(.numbered(1), [1])]) } != nil)
    #expect(try remote.survey(drafting: []) == Survey(settings: nil, bundles: nil))
  }

  /// As on FAT; a folder is what has one name everywhere.
  @Test func whatCannotHaveTwoNamesIsRenamedAllTheSame() throws {
    _ = try shelf.made(at: .folder)
    for name in ["one", "two"] {
      try FileManager.default.createDirectory(
        atPath: shelf.bundles + "/" + name, withIntermediateDirectories: false)
    }
    let folder = try OpenFolder(at: shelf.bundles)
    #expect(try !folder.rename("one", to: "two"))
    #expect(try folder.rename("one", to: "three"))
    #expect(try shelf.names() == ["three", "two"])
  }
}
