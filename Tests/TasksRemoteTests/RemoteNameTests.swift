import Testing

@testable import TasksRemote

@Suite struct RemoteNameTests {
  @Test(arguments: [
    "a", "9f3c1d2e4b5a6978-1-40-3f2a9c1e7b00aa11-00112233445566778899aabbccddeeff.tasks", ".a.part",
    "...", "-", String(repeating: "x", count: 100),
  ])
  func aPlainNameIsOne(text: String) {
    #expect(RemoteName(text)?.text == text)
  }

  @Test(arguments: [
    "", ".", "..", "/", "a/b", "../a", "a\0", "\0", "a\n", "A", "a b", "a_b", "ä", "a\u{301}", "~",
    "a\\b", "a:b", "*", String(repeating: "x", count: 101),
  ])
  func anythingElseIsNone(text: String) {
    #expect(RemoteName(text) == nil)
  }

  @Test func draftsAreNamesOfTheirOwn() {
    let names = Set((0..<100).map { _ in RemoteName.draft(of: "abc") })
    #expect(names.count == 100)
    for name in names {
      #expect(RemoteName(name)?.isDraft(of: "abc") == true)
      #expect(name.utf8.count == 25)
    }
    #expect(!RemoteName("a.part").isDraft)
    #expect(!RemoteName(".a.parts").isDraft)
  }

  @Test(arguments: [
    ("", []), ("/", []), ("a", ["a"]), ("a//b/", ["a", "a/b"]),
    ("/srv/tasks", ["/srv", "/srv/tasks"]),
  ])
  func foldersAboveAFolder(path: String, folders: [String]) {
    #expect(SFTPRemote.foldersAbove(path) == folders)
  }
}
