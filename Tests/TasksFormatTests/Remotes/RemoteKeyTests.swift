import TasksModel
import Testing

@testable import TasksFormat

@Suite struct RemoteKeyTests {
  @Test func aKeyIsKeptAsBytes() throws {
    let key = RemoteKey.random()
    #expect(key.bytes.count == 48)
    let read = try #require(RemoteKey(bytes: key.bytes))
    #expect(read == key)
    #expect(read.settings == key.settings)
    #expect(read.hiddenDevice(Example.device) == key.hiddenDevice(Example.device))
    #expect(key != RemoteKey(remote: key.remote, data: RemoteKey.random().data))
    for count in [0, 47, 49] {
      #expect(RemoteKey(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }
  }

  @Test func hiddenNamesDependOnTheKey() throws {
    let one = RemoteKey.random()
    let other = RemoteKey.random()
    let device = Example.device
    let tip = try #require(ChangeID(String(repeating: device.text, count: 4)))
    #expect(one.hiddenDevice(device) != device)
    #expect(one.hiddenTip(tip) != tip.short)
    // Another key for each: a device and a change are not seen to have the same digits.
    #expect(one.hiddenDevice(device).text != one.hiddenTip(tip))
    #expect(one.hiddenDevice(device) != other.hiddenDevice(device))
    #expect(one.hiddenTip(tip) != other.hiddenTip(tip))
    let near = try #require(ChangeID(String(repeating: device.text, count: 3) + "0000000000000000"))
    #expect(one.hiddenTip(tip) != one.hiddenTip(near))
    #expect(Hexadecimal.isLowercase(one.hiddenTip(tip), count: 16))
  }

  @Test func secretsAreNotPrinted() throws {
    let key = RemoteKey.random()
    let secret = try KeySecret.passphrase(Array("correct horse".utf8))
    var text = "\(key) \(secret) \(RemoteCoding.encrypted(key))"
    text += String(reflecting: key) + String(reflecting: secret) + String(reflecting: secret.bytes)
    dump(key, to: &text)
    dump(secret, to: &text)
    dump(RemoteCoding.encrypted(key), to: &text)
    let digits = Hexadecimal.text(of: key.data.revealed)
    let list = key.data.revealed.prefix(4).map(String.init).joined(separator: ", ")
    for shown in ["correct", "99, 111", digits, list, "0x"] {
      #expect(!text.contains(shown))
    }
    #expect(text.contains("(secret)"))
  }

  @Test func secretsAreEqualByTheirBytes() {
    #expect(SecretBytes([1, 2, 3]) == SecretBytes([1, 2, 3]))
    #expect(SecretBytes([1, 2, 3]) != SecretBytes([1, 2, 4]))
    #expect(SecretBytes([1, 2, 3]) != SecretBytes([1, 2]))
    #expect(SecretBytes([]) == SecretBytes([]))
    var typed: [UInt8] = [1, 2, 3]
    let kept = SecretBytes(typed)
    SecretBytes.wipe(&typed)
    #expect(typed == [0, 0, 0])
    #expect(kept.revealed == [1, 2, 3])
    #expect(SecretBytes.random(count: 32) != SecretBytes.random(count: 32))
  }

  @Test func idsAreThirtyTwoDigits() throws {
    let text = "0123456789abcdeffedcba9876543210"
    let id = try #require(HexID(text))
    #expect(id.text == text)
    #expect(id.bytes == Hexadecimal.bytes(text))
    #expect(HexID(bytes: id.bytes) == id)
    #expect(HexID.random() != HexID.random())
    for wrong in [
      "", String(text.dropLast()), text + "0", text.uppercased(), " " + text.dropLast(),
    ] {
      #expect(HexID(wrong) == nil)
    }
  }
}
