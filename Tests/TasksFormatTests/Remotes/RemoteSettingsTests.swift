import TasksFormat
import TasksModel
import Testing

@Suite struct RemoteSettingsTests {
  static let encrypted =
    #"{"encryption":{"algorithm":"xchacha20poly1305-secretstream","key":"00112233445566778899aabbccddeeff","remote":"0123456789abcdef0123456789abcdef"},"format":"tasks-remote","version":1}"#
    + "\n"
  static let plain = #"{"format":"tasks-remote","version":1}"# + "\n"

  static func read(_ text: String) throws(RemoteFormatError) -> RemoteSettings {
    try RemoteSettings(reading: Array(text.utf8))
  }

  static func error(_ text: String) -> RemoteFormatError? {
    do throws(RemoteFormatError) {
      _ = try read(text)
      return nil
    } catch {
      return error
    }
  }

  @Test func aPlainRemoteHasTheSameBytesFromEveryDevice() throws {
    #expect(RemoteSettings.plain.bytes == Array(Self.plain.utf8))
    #expect(try Self.read(Self.plain) == .plain)
    #expect(RemoteSettings.plain.encryption == nil)
  }

  @Test func anEncryptedRemoteNamesItselfAndItsKey() throws {
    let settings = RemoteSettings.encrypted(
      EncryptionSettings(
        remote: try #require(HexID("0123456789abcdef0123456789abcdef")),
        key: try #require(HexID("00112233445566778899aabbccddeeff"))))
    #expect(settings.bytes == Array(Self.encrypted.utf8))
    #expect(try Self.read(Self.encrypted) == settings)
    #expect(RemoteKey.random().settings != RemoteKey.random().settings)
  }

  @Test func membersOfLaterProgramsAreToleratedAndKept() throws {
    let text = Self.encrypted.replacing(#""key""#, with: #""colour":{"a":[1.5e3]},"key""#)
      .replacing(#"{"encryption""#, with: #"{"also":null, "encryption""#)
    let settings = try Self.read(text)
    #expect(try settings.encryption == Self.read(Self.encrypted).encryption)
    #expect(settings.bytes == Array(text.utf8))
  }

  @Test func aLaterVersionIsNewerAndNotDamaged() {
    for text in [
      #"{"format":"tasks-remote","version":2}"#,
      #"{"format":"tasks-remote","version":9007199254740992,"encryption":"?"}"#,
      Self.encrypted.replacing("\"version\":1", with: "\"version\":7"),
    ] {
      guard case .newer = Self.error(text) else {
        Issue.record("\(text): \(String(describing: Self.error(text)))")
        continue
      }
      #expect(Self.error(text)?.isDamage == false)
    }
    let other = Self.encrypted.replacing("xchacha20poly1305-secretstream", with: "rot13")
    #expect(Self.error(other) == .unknownAlgorithm("rot13"))
    #expect(Self.error(other)?.isDamage == false)
  }

  @Test(arguments: [
    ("", LineFault.json(.unexpectedEnd)), ("[]", .notAnObject), ("{}", .missing("format")),
    (#"{"format":"tasks-bundle","version":1}"#, .wrongType("format")),
    (#"{"format":"tasks-remote"}"#, .missing("version")),
    (#"{"format":"tasks-remote","version":0}"#, .outOfRange("version")),
    (#"{"format":"tasks-remote","version":1.0}"#, .wrongType("version")),
    (#"{"format":"tasks-remote","version":"1"}"#, .wrongType("version")),
    (#"{"format":"tasks-remote","version":1,"version":1}"#, .json(.duplicateKey("version"))),
    (#"{"format":"tasks-remote","version":1,"x":{"a":1,"\u0061":2}}"#, .json(.duplicateKey("a"))),
    (#"{"encryption":null,"format":"tasks-remote","version":1}"#, .wrongType("encryption")),
    (#"{"encryption":{},"format":"tasks-remote","version":1}"#, .missing("encryption.algorithm")),
    (encrypted.replacing("0123456789abcdef0", with: ""), .wrongType("encryption.remote")),
    (encrypted.replacing("ccddeeff", with: "CCDDEEFF"), .wrongType("encryption.key")),
    (plain + "x", .json(.trailingContent)), ("\u{FEFF}" + plain, .json(.unexpectedByte(0xEF))),
    (String(repeating: "[", count: 100), .json(.tooDeep(limit: 32))),
    (plain + String(repeating: " ", count: 1 << 16), .tooLong(limit: 1 << 16)),
  ])
  func anythingElseIsDamage(text: String, fault: LineFault) {
    guard case .document(let found, _) = Self.error(text) else {
      Issue.record("\(String(describing: Self.error(text)))")
      return
    }
    #expect(found == fault)
    #expect(Self.error(text)?.isDamage == true)
  }

  @Test func whatWasCutOffIsRefused() {
    for text in [Self.plain, Self.encrypted] {
      for count in 0..<(text.utf8.count - 1) {
        let fault = Self.error(String(decoding: text.utf8.prefix(count), as: UTF8.self))
        #expect(fault == .document(.json(.unexpectedEnd), offset: count))
      }
    }
  }
}
