import TasksFiles
import TasksFormat
import TasksModel
import Testing

/// An encrypted remote of a released version is opened for ever; see `Tests/Fixtures/remote-1/README.md`.
@Suite struct RemoteFixtureTests {
  static let folder = FixtureTests.folder + "/../remote-1"
  static let slots = [
    KeySecret.Kind.keyFile: "1c37c3633ac32f9c7f53d57c98c1be37.json",
    .passphrase: "8e063dbe2e25deca891dcf70c5ce5c1b.json",
  ]
  static let small =
    "8e073ffd79ab0203-1-2-8d868eb15e02993d-ec1b984296b4264c92920dc2ef7f2d85.tasks"
  /// Of two pieces.
  static let large =
    "8e073ffd79ab0203-1-2-5e68e1fbd9863c5a-a6ac1bca11069545bcdd1424e2a001e8.tasks"

  static func read(_ name: String) throws -> [UInt8] {
    try FileHandle(Paths.join(folder, name), flags: FileHandle.forReading).readToEnd()
  }

  static func secret(_ kind: KeySecret.Kind) throws -> KeySecret {
    switch kind {
    case .passphrase: try .passphrase(Array("correct horse".utf8))
    case .keyFile: try .keyFile(read("key-file"))
    }
  }

  static func key(_ kind: KeySecret.Kind) throws -> RemoteKey {
    let settings = try RemoteSettings(reading: read("tasks-remote.json"))
    let name = try #require(slots[kind].flatMap(KeySlotName.init))
    let slot = try KeySlot(reading: read("keys/" + name.text), named: name)
    #expect(slot.kind == kind)
    return try slot.unlock(with: secret(kind), of: #require(settings.encryption))
  }

  static func bundle(_ name: String, key: RemoteKey) throws -> Bundle {
    try RemoteCoding.encrypted(key).decode(
      read("bundles/" + name), named: #require(BundleName(name)))
  }

  @Test func aFrozenRemoteIsOpenedAsEver() throws {
    let key = try Self.key(.passphrase)
    #expect(try Self.key(.keyFile) == key)
    let small = try Bundle(file: FixtureTests.folder + "/chain.tasks")
    #expect(try Self.bundle(Self.small, key: key).bytes == small.bytes)
    #expect(
      try Self.bundle(Self.large, key: key).digest.text
        == "b28ae28b2edf9915ec1d6202e567c84e13674458bbe2532d03178d723e822072")
  }

  /// The page says it all: a reader written from it alone gets the same out of the files.
  @Test(arguments: [small, large])
  func aReaderInAnotherLanguageAgrees(name: String) throws {
    let bundle = try Self.bundle(name, key: Self.key(.keyFile))
    let span = try #require(bundle.header.devices.first)
    let folder = try Folder()
    defer { folder.remove() }
    let script = Paths.join(Self.folder, "../../TasksFormatTests/Support/open-sealed.py")
    let printed = try folder.output(
      of: #"python3 "$@" | sha256sum"#, script, Paths.join(Self.folder, "key-file"),
      Paths.join(Self.folder, "tasks-remote.json"),
      Paths.join(Self.folder, "keys/" + (Self.slots[.keyFile] ?? "")),
      Paths.join(Self.folder, "bundles/" + name), span.device.text, span.tip.text)
    #expect(printed == bundle.digest.text + "  -\n")
  }
}
