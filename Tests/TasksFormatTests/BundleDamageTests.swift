import TasksFormat
import TasksModel
import Testing

@Suite struct BundleDamageTests {
  static let changes = (try? Example.changes.map { try SealedChange(sealing: $0) }) ?? []
  static let small = (try? BundleTests.bundle(changes).bytes) ?? []

  static var lines: [String] { changes.map { String(decoding: $0.line, as: UTF8.self) } }

  static func header(
    first: Int = 1, last: Int = 2, device: String = Example.device.text,
    tip: String = changes.last?.id.text ?? "", version: Int = 1
  ) -> String {
    #"{"devices":[{"device":"\#(device)","first":\#(first),"last":\#(last),"tip":"\#(tip)"}],"format":"tasks-bundle","version":\#(version)}"#
  }

  static func error(_ bytes: [UInt8]) -> FormatError? {
    do throws(FormatError) {
      _ = try Bundle(bytes)
      return nil
    } catch {
      return error
    }
  }

  static func error(lines: [String]) -> FormatError? {
    error(Frames.compress(Frames.content(lines)))
  }

  @Test func theHandMadeBundleIsGood() {
    #expect(Self.changes.count == 2)
    #expect(Self.error(lines: [Self.header()] + Self.lines) == nil)
  }

  @Test func everyTruncationIsRefused() {
    for count in 0..<Self.small.count {
      let error = Self.error(Array(Self.small.prefix(count)))
      #expect(error == .bundle(count == 0 ? .empty : .truncated), "\(count) bytes")
    }
  }

  /// A flipped bit is refused, or changes nothing that is read: one bit of the frame's header has no meaning.
  @Test func everyFlippedBitIsRefusedOrHarmless() throws {
    let digest = Digest(of: Self.small).text
    for place in 0..<(Self.small.count * 8) {
      var bytes = Self.small
      bytes[place / 8] ^= 1 << UInt8(place % 8)
      #expect(throws: FormatError.self) { try Bundle(bytes, hash: digest) }
      if let bundle = try? Bundle(bytes) {
        #expect(try BundleTests.changes(bundle) == Self.changes, "bit \(place)")
      }
    }
  }

  @Test func theHashIsCheckedBeforeAnythingElse() throws {
    let other = Digest(of: Array("other".utf8))
    let junk = Array("junk".utf8)
    #expect(
      throws: FormatError.bundle(.wrongHash(expected: other.short, found: Digest(of: junk)))
    ) { try Bundle(junk, hash: other.short) }
    #expect(try Bundle(Self.small, hash: Digest(of: Self.small).short).count == 2)
  }

  @Test func onlyOnePlainFrameIsABundle() {
    let content = Frames.content([Self.header()] + Self.lines)
    let good = Frames.compress(content)
    #expect(Self.error([]) == .bundle(.empty))
    #expect(Self.error(Array("{}".utf8)) == .bundle(.notZstd))
    #expect(Self.error(Array("{\"devices\":[]}".utf8)) == .bundle(.notZstd))
    #expect(Self.error(good + [0]) == .bundle(.trailingBytes(offset: good.count)))
    #expect(Self.error(good + good) == .bundle(.trailingBytes(offset: good.count)))
    #expect(Self.error(good + Frames.skippable) == .bundle(.trailingBytes(offset: good.count)))
    #expect(Self.error(Frames.skippable + good) == .bundle(.skippableFrame))
    #expect(Self.error(Frames.compress(content, checksum: false)) == .bundle(.noChecksum))
    #expect(Self.error(Frames.compress(content, contentSize: false)) == nil)
    var dictionary = good
    dictionary[4] |= 1
    #expect(Self.error(dictionary) == .bundle(.dictionary))
    var reserved = good
    reserved[4] |= 8
    #expect(Self.error(reserved) == .bundle(.reservedBit))
    // The last four bytes are the checksum of the content.
    var checksum = good
    checksum[good.count - 1] ^= 1
    guard case .bundle(.corrupt) = Self.error(checksum) else {
      Issue.record("a wrong checksum was accepted")
      return
    }
  }

  @Test func windowsAreLimited() {
    let content = Frames.content([Self.header()] + Self.lines)
    for (log, isGood) in [(23, true), (24, false), (27, false)] {
      let frame = Frames.compress(content, windowOf: log)
      #expect(
        Self.error(frame) == (isGood ? nil : .bundle(.windowTooLarge(1 << UInt64(log)))), "\(log)")
    }
  }

  @Test func filesAreLimited() {
    let limit = FormatLimits.bundle
    #expect(
      Self.error([UInt8](repeating: 0, count: limit + 1)) == .bundle(.tooLarge(limit: limit)))
    #expect(Self.error([UInt8](repeating: 0, count: limit)) == .bundle(.notZstd))
  }

  @Test func headersAreChecked() {
    let lines = Self.lines
    #expect(Self.error(lines: []) == .bundle(.noHeader))
    #expect(Self.error(lines: [""] + lines) == .bundle(.noHeader))
    #expect(Self.error(lines: lines) == .bundle(.noHeader))
    #expect(Self.error(lines: [#"{"format":"other","version":1}"#]) == .bundle(.noHeader))
    #expect(Self.error(lines: [Self.header(version: 2), "?"]) == .newerBundle(version: 2))
    for text in [
      #"{"format":"tasks-bundle"}"#, #"{"devices":[],"format":"tasks-bundle","version":0}"#,
      #"{"devices":[7],"format":"tasks-bundle","version":1}"#,
      #"{"devices":7,"format":"tasks-bundle","version":1}"#, Self.header(first: 2, last: 1),
      Self.header(first: 0), Self.header(last: 1_000_000_000_000), Self.header(tip: "aa"),
      Self.header(device: "XX"), #"{"format":"tasks-bundle","format":"tasks-bundle"}"#,
    ] {
      guard case .line(_, number: 1, _) = Self.error(lines: [text] + lines) else {
        Issue.record("\(text): \(Self.error(lines: [text] + lines) as Any)")
        continue
      }
    }
    let span =
      #"{"device":"9f3c5a1e7b00aa11","first":1,"last":2,"tip":"\#(Self.changes[1].id.text)"}"#
    #expect(
      Self.error(
        lines: [#"{"devices":[\#(span),\#(span)],"format":"tasks-bundle","version":1}"#] + lines)
        == .line(.unorderedDevices, number: 1, offset: 0))
    // What a later minor version adds does not matter.
    let more = #"{"devices":[\#(span)],"extra":1,"format":"tasks-bundle","version":1}"#
    #expect(Self.error(lines: [more] + lines) == nil)
  }

  @Test func aHeaderHasToAgreeWithTheChanges() {
    let lines = Self.lines
    let disagrees = LineFault.headerDisagrees(Example.device)
    #expect(Self.error(lines: [Self.header()]) == .line(disagrees, number: 1, offset: 0))
    #expect(Self.error(lines: [Self.header(), lines[0]]) == .line(disagrees, number: 1, offset: 0))
    #expect(Self.error(lines: [Self.header(), lines[1]]) == .line(disagrees, number: 1, offset: 0))
    #expect(
      Self.error(lines: [Self.header(last: 1), lines[0], lines[1]])
        == .line(disagrees, number: 3, offset: 0))
    #expect(
      Self.error(lines: [Self.header(first: 2)] + lines) == .line(disagrees, number: 2, offset: 0))
    #expect(
      Self.error(lines: [Self.header(tip: Self.changes[0].id.text)] + lines)
        == .line(disagrees, number: 1, offset: 0))
    #expect(
      Self.error(lines: [Self.header(device: "0000000000000000")] + lines)
        == .line(.unlistedDevice(Example.device), number: 2, offset: 0))
  }

  @Test func aBadLineIsNamedByItsNumber() {
    #expect(
      Self.error(lines: [Self.header(), Self.lines[0], "", Self.lines[1]])
        == .line(.json(.unexpectedEnd), number: 3, offset: 0))
    #expect(
      Self.error(lines: [Self.header(), Self.lines[0], #"{"v":1}"#])
        == .line(.missing("seq"), number: 3, offset: 6))
    var content = Frames.content([Self.header()] + Self.lines)
    content.removeLast()
    #expect(
      Self.error(Frames.compress(content))
        == .line(.noLineFeed, number: 3, offset: Self.lines[1].utf8.count))
  }

  /// 25 KB that would come to 800 MB, and 4 MB that would come to 130 GB, stop at the first line's limit.
  ///
  /// The reader holds the file, a window of at most 8 MiB and a buffer of at most 2 MiB, whatever comes out.
  @Test(arguments: [6_400, 1_000_000], [UInt8(ascii: "a"), 0x0A, 0])
  func bombsAreRefused(blocks: Int, byte: UInt8) {
    let error = Self.error(Frames.repeating(byte, blocks: blocks))
    #expect(
      error
        == (byte == 0x0A
          ? .bundle(.noHeader) : .line(.tooLong(limit: 1 << 20), number: 1, offset: 1 << 20)))
  }

  /// Lines that are good one by one, and more of them than any bundle may hold, in a few kilobytes.
  @Test func contentIsLimited() throws {
    let note = String(repeating: "n", count: 1_000_000)
    let change = try SealedChange(
      sealing: Change(
        device: Example.device, name: "x", sequence: 1, previous: nil, note: note, operations: []))
    let line = String(decoding: change.line, as: UTF8.self)
    let header = Self.header(last: 1, tip: change.id.text)
    func bytes(_ count: Int, contentSize: Bool) -> [UInt8] {
      let content = Frames.content([header] + Array(repeating: line, count: count))
      return Frames.compress(content, windowLog: 20, contentSize: contentSize)
    }
    let limit = FormatLimits.content
    for contentSize in [true, false] {
      #expect(bytes(70, contentSize: contentSize).count < 25_000)
      #expect(
        Self.error(bytes(70, contentSize: contentSize)) == .bundle(.contentTooLarge(limit: limit)))
    }
  }

  @Test func aLineOverTheLimitIsRefused() {
    let long = #"{"note":""# + String(repeating: "n", count: 1 << 20) + #""}"#
    #expect(
      Self.error(lines: [Self.header(), long])
        == .line(.tooLong(limit: 1 << 20), number: 2, offset: 1 << 20))
  }
}
