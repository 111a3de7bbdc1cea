import TasksSSH
import Testing

/// What hides names in lists of known hosts.
@Suite struct DigestTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// FIPS 180-1, and lengths around that of a block.
  @Test func sha1() {
    #expect(hex(Digest.sha1(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(hex(Digest.sha1([])) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    #expect(
      hex(Digest.sha1(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)))
        == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
    #expect(
      hex(Digest.sha1([UInt8](repeating: 0x61, count: 1000)))
        == "291e9a6c66994949b57ba5e650361e98fc36b1ba")
  }

  /// RFC 2202.
  @Test func hmac() {
    #expect(
      hex(Digest.hmacSHA1(Array("Hi There".utf8), key: [UInt8](repeating: 0x0b, count: 20)))
        == "b617318655057264e28bc0b6fb378c8ef146be00")
    #expect(
      hex(
        Digest.hmacSHA1(
          Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
          key: [UInt8](repeating: 0xaa, count: 80))) == "aa4ae5e15272d00e95705637ce8a3b55ed402112")
  }

  @Test func base64() {
    for (plain, text) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ] {
      #expect(Base64.encode(Array(plain.utf8)) == text)
      #expect(Base64.decode(Array(text.utf8)) == Array(plain.utf8))
    }
    for text in ["Z", "Zg", "Zg=", "Zg==Zg==", "Z===", "Zm9v\n", "====", "Zm-_"] {
      #expect(Base64.decode(Array(text.utf8)) == nil, "\(text)")
    }
    #expect(Base64.encode([1], padding: false) == "AQ")
  }
}
