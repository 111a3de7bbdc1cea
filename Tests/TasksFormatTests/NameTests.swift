import TasksFormat
import TasksModel
import Testing
import TestSupport

@Suite struct NameTests {
  static let hash = "0123456789abcdef0123456789abcdef"
  static let good = "9f3c5a1e7b00aa11-1-42-3f2a9c1e7b00aa11-\(hash).tasks"

  @Test func aRemoteNameTellsWhatIsInside() throws {
    let name = try #require(BundleName(Self.good))
    #expect(name.device.text == "9f3c5a1e7b00aa11")
    #expect(name.first == 1)
    #expect(name.last == 42)
    #expect(name.tip == "3f2a9c1e7b00aa11")
    #expect(name.hash == Self.hash)
    #expect(name.text == Self.good)
    let changes = try Example.changes.map { try SealedChange(sealing: $0) }
    let bundle = try BundleTests.bundle(changes)
    let own = try #require(BundleName(of: bundle))
    #expect(own.fits(bundle))
    #expect(BundleName(own.text) == own)
    #expect(!name.fits(bundle))
    let longest = try #require(
      BundleName(
        device: name.device, first: FormatLimits.sequence, last: FormatLimits.sequence,
        tip: name.tip, hash: name.hash))
    #expect(longest.text.utf8.count == 98)
    #expect(BundleName(longest.text) == longest)
  }

  @Test(arguments: [
    "", ".tasks", "tasks-remote.json", "desktop.ini", good + ".part", "." + good, good.uppercased(),
    String(good.dropLast()), good.replacing("-1-", with: "-01-"),
    good.replacing("-1-", with: "-0-"),
    good.replacing("-1-", with: "-43-"), good.replacing("-1-", with: "--"),
    good.replacing("-1-", with: "-+1-"), good.replacing("-1-", with: "-1-2-"),
    good.replacing("-42-", with: "-1000000000000-"), good.replacing("9f3c", with: "9f3"),
    good.replacing("9f3c", with: "9f3g"), good.replacing("9f3c", with: "é"),
    good.replacing(".tasks", with: " (conflicted copy).tasks"),
    good.replacing(".tasks", with: ".tasks.damaged"),
    good + "\n", "../" + good, good.replacing(hash, with: "0123"),
  ])
  func anythingElseIsNoName(text: String) {
    #expect(BundleName(text) == nil)
    #expect(LocalBundleName(text) == nil)
  }

  @Test func aLocalNameIsTheHash() throws {
    let digest = Digest(of: Array("abc".utf8))
    let name = LocalBundleName(digest)
    #expect(
      name.path == "ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.tasks")
    #expect(LocalBundleName(name.text) == name)
    #expect(LocalBundleName(name.text.uppercased()) == nil)
    #expect(LocalBundleName(name.path) == nil)
    #expect(LocalBundleName(digest.short + ".tasks") == nil)
  }

  @Test(arguments: SeededGenerator.seeds)
  func hashingInPiecesIsHashingAtOnce(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...5_000, using: &generator)).map { _ in
      UInt8.random(in: .min ... .max, using: &generator)
    }
    var stream = DigestStream()
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...rest.count, using: &generator)
      stream.update(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    let digest = Digest(of: bytes)
    #expect(stream.finish() == digest)
    #expect(Digest(digest.text) == digest)
    #expect(Digest(digest.text.dropLast() + "G") == nil)
    #expect(Digest(digest.short) == nil)
  }
}
