import TasksModel
import TestSupport
import Testing

@testable import TasksFormat

@Suite struct KeySlotTests {
  /// Costs nothing, so that hundreds can be tried; no reader takes it unless it is told to.
  static let cheap = PassphraseCost(kibibytes: 8, passes: 1)
  static let bounds = PassphraseBounds(kibibytes: 8...64, passes: 1...9)

  static let key = RemoteKey.random()
  static let passphrase = secret("correct horse")
  static let keyFile = secret(file: (0..<32).map { UInt8($0) })

  static func secret(_ text: String) -> KeySecret? { try? .passphrase(Array(text.utf8)) }
  static func secret(file: [UInt8]) -> KeySecret? { try? .keyFile(file) }

  static func slot(_ secret: KeySecret?, of key: RemoteKey = key) throws -> KeySlot {
    try KeySlot(wrapping: key, with: try #require(secret), cost: cheap)
  }

  static func read(
    _ bytes: [UInt8], bounds: PassphraseBounds = bounds
  ) throws(RemoteFormatError) -> KeySlot {
    try KeySlot(reading: bytes, named: KeySlotName(of: bytes), bounds: bounds)
  }

  static func error(_ body: () throws(RemoteFormatError) -> Void) -> RemoteFormatError? {
    do throws(RemoteFormatError) {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [passphrase, keyFile])
  func theSecretOpensTheSlot(secret: KeySecret?) throws {
    let secret = try #require(secret)
    let slot = try Self.slot(secret)
    #expect(slot.kind == secret.kind)
    #expect(KeySlotName(slot.name.text) == slot.name)
    let read = try KeySlot(reading: slot.bytes, named: slot.name, bounds: Self.bounds)
    #expect(read == slot)
    #expect(try read.unlock(with: secret, of: Self.key.settings) == Self.key)
    // A salt and a nonce of its own: nobody sees that two slots have the same secret.
    let other = try Self.slot(secret)
    #expect(other.name != slot.name)
    #expect(other.bytes.count == slot.bytes.count)
  }

  @Test func aWrongSecretIsTold() throws {
    let slot = try Self.slot(Self.passphrase)
    for text in ["correct horse ", "Correct horse", "correct hors", "correct horse\n", "x"] {
      let wrong = try #require(Self.secret(text))
      #expect(throws: RemoteFormatError.wrongSecret) {
        try slot.unlock(with: wrong, of: Self.key.settings)
      }
    }
    let file = try Self.slot(Self.keyFile)
    let wrong = try #require(Self.secret(file: [UInt8](repeating: 7, count: 32)))
    #expect(throws: RemoteFormatError.wrongSecret) {
      try file.unlock(with: wrong, of: Self.key.settings)
    }
    #expect(throws: RemoteFormatError.noSlot) {
      try slot.unlock(with: wrong, of: Self.key.settings)
    }
  }

  /// The bytes count: the two ways to write é are two passphrases, and what is no text at all is one too.
  @Test func passphrasesAreBytes() throws {
    let composed = try #require(Self.secret("caf\u{E9}"))
    let decomposed = try #require(Self.secret("cafe\u{301}"))
    #expect(composed != decomposed)
    let slot = try Self.slot(composed)
    #expect(throws: RemoteFormatError.wrongSecret) {
      try slot.unlock(with: decomposed, of: Self.key.settings)
    }
    let bytes = try KeySecret.passphrase([0xFF, 0, 0xFE])
    #expect(try Self.slot(bytes).unlock(with: bytes, of: Self.key.settings) == Self.key)
    let longer = try KeySecret.passphrase([0xFF, 0])
    #expect(throws: RemoteFormatError.wrongSecret) {
      try Self.slot(bytes).unlock(with: longer, of: Self.key.settings)
    }
  }

  @Test func secretsHaveALength() throws {
    for count in [0, 4097] {
      #expect(throws: RemoteFormatError.secretLength(count, allowed: 1...4096)) {
        try KeySecret.passphrase([UInt8](repeating: 65, count: count))
      }
    }
    for count in [0, 31, 1 << 20 + 1] {
      #expect(throws: RemoteFormatError.secretLength(count, allowed: 32...(1 << 20))) {
        try KeySecret.keyFile([UInt8](repeating: 65, count: count))
      }
    }
    let large = try KeySecret.keyFile([UInt8](repeating: 65, count: 1 << 20))
    #expect(try Self.slot(large).unlock(with: large, of: Self.key.settings) == Self.key)
  }

  /// Damage is found: by the name, and under a name that fits, before it gives a key.
  @Test(arguments: [passphrase, keyFile])
  func flippedBitsAreRefused(secret: KeySecret?) throws {
    let secret = try #require(secret)
    let slot = try Self.slot(secret)
    for place in stride(from: 0, to: slot.bytes.count * 8, by: 5) {
      var bytes = slot.bytes
      bytes[place / 8] ^= 1 << UInt8(place % 8)
      let named = Self.error { () throws(RemoteFormatError) in
        _ = try KeySlot(reading: bytes, named: slot.name, bounds: Self.bounds)
      }
      #expect(named == .slotHash(expected: slot.name.hash, found: Digest(of: bytes)))
      #expect(throws: RemoteFormatError.self, "bit \(place)") {
        try Self.read(bytes).unlock(with: secret, of: Self.key.settings)
      }
    }
  }

  /// What the slot says about itself is told from a wrong passphrase, although it is not secret.
  @Test func aSlotPutTogetherByAStrangerIsForged() throws {
    let secret = try #require(Self.passphrase)
    let text = String(decoding: try Self.slot(secret).bytes, as: UTF8.self)
    let remote = HexID.random()
    let moved = try Self.read(Array(text.replacing(Self.key.remote.text, with: remote.text).utf8))
    #expect(throws: RemoteFormatError.otherRemote(remote)) {
      try moved.unlock(with: secret, of: Self.key.settings)
    }
    #expect(throws: RemoteFormatError.slotForged) {
      try moved.unlock(
        with: secret, of: EncryptionSettings(remote: remote, key: Self.key.id))
    }
    let other = String(decoding: try Self.slot(secret).bytes, as: UTF8.self)
    for member in ["nonce", "wrapped"] {
      let mixed = try Self.replacing(member, in: text, with: other)
      #expect(throws: RemoteFormatError.slotForged) {
        try Self.read(mixed).unlock(with: secret, of: Self.key.settings)
      }
    }
    for (old, new) in [("\"kibibytes\":8", "\"kibibytes\":9"), ("\"passes\":1", "\"passes\":2")] {
      #expect(throws: RemoteFormatError.wrongSecret) {
        try Self.read(Array(text.replacing(old, with: new).utf8))
          .unlock(with: secret, of: Self.key.settings)
      }
    }
  }

  private static func replacing(
    _ member: String, in text: String, with other: String
  ) throws -> [UInt8] {
    let value = try #require(JSONParser.parse(text)[member]?.stringValue)
    let new = try #require(JSONParser.parse(other)[member]?.stringValue)
    return Array(text.replacing(value, with: new).utf8)
  }

  @Test func aSlotForAnotherDataKeyIsFoundOut() throws {
    let secret = try #require(Self.passphrase)
    let data = RemoteKey.random().data
    let other = RemoteKey(remote: Self.key.remote, data: data)
    let slot = try Self.slot(secret, of: other)
    #expect(throws: RemoteFormatError.otherKey(other.id)) {
      try slot.unlock(with: secret, of: Self.key.settings)
    }
  }

  /// Refused before any work is done: a terabyte, a year, and less than would protect anything.
  @Test(
    arguments: [
      (1 << 30, 3), (262_145, 3), (262_144, 1 << 40), (262_144, 17), (Int64.max, Int64.max),
      (65_535, 2), (65_536, 1), (8, 1), (0, 0), (-262_144, -3), (Int64.min, 3),
    ] as [(Int64, Int64)])
  func costsOutsideTheBoundsAreRefusedAtOnce(kibibytes: Int64, passes: Int64) throws {
    let text = String(decoding: try Self.slot(Self.passphrase).bytes, as: UTF8.self)
    let bytes = Array(
      text.replacing("\"kibibytes\":8", with: "\"kibibytes\":\(kibibytes)")
        .replacing("\"passes\":1", with: "\"passes\":\(passes)").utf8)
    #expect(throws: RemoteFormatError.passphraseCost(kibibytes: kibibytes, passes: passes)) {
      try KeySlot(reading: bytes, named: KeySlotName(of: bytes))
    }
  }

  @Test func whatWeWriteIsWithinTheBounds() {
    for cost in [PassphraseCost.moderate, .interactive] {
      #expect(PassphraseBounds.usual.allows(cost))
    }
    #expect(!PassphraseBounds.usual.allows(Self.cheap))
  }

  @Test(arguments: [
    ("\"check\":\"", "\"check\":\"00", LineFault.wrongType("check")),
    ("\"nonce\":\"", "\"nonce\":\"0", .wrongType("nonce")),
    ("\"salt\":\"", "\"salt\":\"g", .wrongType("kdf.salt")),
    ("\"wrapped\":\"", "\"wrapped\":\" ", .wrongType("wrapped")),
    ("\"remote\"", "\"remotf\"", .missing("remote")),
    ("\"kdf\":{", "\"kdf\":[{}],\"x\":{", .wrongType("kdf")),
    ("\"passes\":1", "\"passes\":1,\"passes\":1", .json(.duplicateKey("passes"))),
    ("\"passes\":1", "\"passes\":1e0", .wrongType("kdf.passes")),
    ("\"kibibytes\":8,", "", .missing("kdf.kibibytes")),
    ("tasks-key", "tasks-remote", .wrongType("format")),
  ])
  func aSlotOfAnotherFormIsDamaged(old: String, new: String, fault: LineFault) throws {
    let text = String(decoding: try Self.slot(Self.passphrase).bytes, as: UTF8.self)
    #expect(text.contains(old))
    let found = Self.error { () throws(RemoteFormatError) in
      _ = try Self.read(Array(text.replacing(old, with: new).utf8))
    }
    guard case .document(fault, _) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  @Test func laterSlotsAreNewerAndUnknownMembersTolerated() throws {
    let secret = try #require(Self.passphrase)
    let text = String(decoding: try Self.slot(secret).bytes, as: UTF8.self)
    #expect(throws: RemoteFormatError.newer(version: 2)) {
      try Self.read(Array(text.replacing("\"version\":1", with: "\"version\":2").utf8))
    }
    #expect(throws: RemoteFormatError.unknownAlgorithm("scrypt")) {
      try Self.read(Array(text.replacing("argon2id", with: "scrypt").utf8))
    }
    let more = try Self.read(Array(text.replacing("\"kdf\"", with: "\"hint\":\"h\",\"kdf\"").utf8))
    #expect(try more.unlock(with: secret, of: Self.key.settings) == Self.key)
  }

  @Test func aRemoteIsOpenedByWhicheverSlotFits() throws {
    let first = try #require(Self.passphrase)
    let second = try #require(Self.secret("another"))
    let file = try #require(Self.keyFile)
    let foreign = try Self.slot(first, of: .random())
    let slots = try [Self.slot(first), Self.slot(second), Self.slot(first), foreign]
    for secret in [first, second] {
      #expect(
        try KeySlot.unlock(slots, with: secret, of: Self.key.settings) == Self.key)
    }
    #expect(throws: RemoteFormatError.noSlot) {
      try KeySlot.unlock(slots, with: file, of: Self.key.settings)
    }
    #expect(throws: RemoteFormatError.noSlot) {
      try KeySlot.unlock([foreign], with: first, of: Self.key.settings)
    }
    let wrong = try #require(Self.secret("wrong"))
    #expect(throws: RemoteFormatError.wrongSecret) {
      try KeySlot.unlock(slots, with: wrong, of: Self.key.settings)
    }
  }

  @Test(arguments: [
    "", ".json", "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789abcdef.json",
    "0123456789abcdef0123456789abcde.json", "0123456789abcdef0123456789abcdef.json.part",
    "0123456789abcdef0123456789abcdef (1).json", "../0123456789abcdef0123456789abcdef.json",
  ])
  func anythingElseIsNoSlotsName(text: String) {
    #expect(KeySlotName(text) == nil)
  }
}
