import TasksFiles
import TasksFormat
import TasksModel
import Testing
import TestSupport

@Suite struct BundleTests {
  static func bundle(_ changes: [SealedChange]) throws -> Bundle {
    var writer = BundleWriter()
    for change in changes { #expect(try writer.append(change)) }
    return try writer.finish()
  }

  static func changes(_ bundle: Bundle) throws -> [SealedChange] {
    var reader = try bundle.changes()
    var changes: [SealedChange] = []
    while let change = try reader.next() { changes.append(change) }
    return changes
  }

  @Test(arguments: SeededGenerator.seeds)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var changes: [SealedChange] = []
    for _ in 0..<Int.random(in: 1...5, using: &generator) {
      let count = Int.random(in: 1...40, using: &generator)
      changes += try RandomChange.chain(of: count, using: &generator)
    }
    // On a stick there is any set, in any order.
    changes.shuffle(using: &generator)
    changes = Array(changes.prefix(Int.random(in: 1...changes.count, using: &generator)))
    let bundle = try Self.bundle(changes)
    #expect(try Self.changes(bundle) == changes)
    #expect(bundle.count == changes.count)
    let again = try Bundle(bundle.bytes, hash: bundle.digest.text)
    #expect(again.header == bundle.header)
    for span in bundle.header.devices {
      let own = changes.filter { $0.change.device == span.device }
      #expect(span.first == own.map(\.change.sequence).min())
      #expect(span.last == own.map(\.change.sequence).max())
      #expect(own.contains { $0.id == span.tip && $0.change.sequence == span.last })
    }
  }

  @Test func theHeaderIsOneLineOfCanonicalJSON() throws {
    let changes = try Example.changes.map { try SealedChange(sealing: $0) }
    let bundle = try Self.bundle(changes)
    #expect(
      String(decoding: bundle.header.line, as: UTF8.self)
        == #"{"devices":[{"device":"9f3c5a1e7b00aa11","first":1,"last":2,"tip":"\#(changes[1].id.text)"}],"format":"tasks-bundle","version":1}"#
    )
  }

  /// Two stores that are copies of each other made two changes of the same number.
  @Test func ofForksTheGreatestIsTheTip() throws {
    let changes = try ["a", "b", "c"].map { note in
      try SealedChange(
        sealing: Change(
          device: Example.device, name: "x", sequence: 1, previous: nil, note: note,
          operations: []))
    }
    for order in [changes, changes.reversed()] {
      let bundle = try Self.bundle(order)
      #expect(bundle.header.devices.map(\.tip) == [changes.map(\.id).max()])
    }
  }

  @Test func aChangeOfALaterVersionIsCarried() throws {
    let line = #"{"device":"9f3c5a1e7b00aa11","new":[7],"prev":null,"seq":1,"v":2}"#
    let later = try SealedChange(reading: Array(line.utf8))
    let carried = try #require(try Self.changes(try Self.bundle([later])).first)
    #expect(String(decoding: carried.line, as: UTF8.self) == line)
    #expect(carried.change.version == 2)
  }

  @Test func aWriterSaysWhenTheNextChangeDoesNotFit() throws {
    var writer = BundleWriter()
    var previous: ChangeID?
    var taken: [SealedChange] = []
    while true {
      let change = try Example.sealed(
        bytes: 1 << 20, sequence: taken.count + 1, previous: previous)
      guard try writer.append(change) else { break }
      previous = change.id
      taken.append(change)
    }
    #expect(taken.count == 3)
    // What was refused leaves no trace.
    #expect(writer.count == 3)
    let bundle = try writer.finish()
    #expect(bundle.bytes.count <= FormatLimits.bundle)
    #expect(try Self.changes(bundle) == taken)
    // Something smaller may still fit.
    #expect(try writer.append(Example.sealed(bytes: 5_000, sequence: 4, previous: previous)))
  }

  /// The header grows with the devices; it is reckoned with before it is written.
  @Test func manyDevicesFit() throws {
    var generator = SeededGenerator(seed: 1)
    var writer = BundleWriter()
    for _ in 0..<2_000 {
      let change = Change(
        device: RandomChange.device(using: &generator), name: "x", sequence: 1, previous: nil,
        note: nil, operations: [])
      #expect(try writer.append(SealedChange(sealing: change)))
    }
    #expect(try writer.finish().header.devices.count == 2_000)
  }

  @Test func aWriterRefusesWhatIsNotTheLineItIsSaidToBe() throws {
    let change = try SealedChange(sealing: Example.changes[0])
    var writer = BundleWriter()
    var line = change.line
    line[20] ^= 1
    #expect(throws: FormatError.self) {
      try writer.append(line, device: Example.device, sequence: 1, id: change.id)
    }
    #expect(throws: FormatError.line(.lineFeed, number: nil, offset: change.line.count)) {
      try writer.append(
        change.line + [0x0A], device: Example.device, sequence: 1, id: change.id)
    }
    #expect(writer.isEmpty)
    #expect(throws: FormatError.bundle(.noChanges)) { try writer.finish() }
    // A number that the line does not have is found when the result is read back.
    #expect(try writer.append(change.line, device: Example.device, sequence: 2, id: change.id))
    #expect(throws: FormatError.self) { try writer.finish() }
  }

  @Test(arguments: [true, false])
  func aFileIsWrittenWholeAndReadBack(durably: Bool) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let bundle = try Self.bundle(try Example.changes.map { try SealedChange(sealing: $0) })
    let name = LocalBundleName(bundle.digest)
    try Directories.make(Paths.join(folder.path, name.folder))
    let path = Paths.join(folder.path, name.path)
    try bundle.write(as: path, durably: durably)
    #expect(try Bundle(file: path, hash: name.digest.text).bytes == bundle.bytes)
    #expect(try Digest(ofFile: path) == bundle.digest)
    #expect(try folder.names(in: name.folder) == [name.text])
    #expect(throws: FormatError.self) {
      try Bundle(file: Paths.join(folder.path, "missing"))
    }
    #expect(throws: FormatError.self) {
      try bundle.write(as: Paths.join(folder.path, "no/folder"), durably: durably)
    }
  }

  @Test(.enabled(if: Folder.hasTools)) func theToolsShowABundle() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let changes = try Example.changes.map { try SealedChange(sealing: $0) }
    let bundle = try Self.bundle(changes)
    let path = Paths.join(folder.path, "example.tasks")
    try bundle.write(as: path, durably: false)
    let shown = try folder.output(of: #"zstd -dc "$1" | jq -c ."#, path)
    let lines = [bundle.header.line] + changes.map(\.line)
    #expect(shown == lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined())
    #expect(try folder.output(of: #"sha256sum <"$1""#, path) == "\(bundle.digest.text)  -\n")
    // What a person packs with the tool is a bundle too.
    let packed = Paths.join(folder.path, "packed.tasks")
    _ = try folder.output(of: #"zstd -dc "$1" | zstd -19 >"$2""#, path, packed)
    #expect(try Self.changes(Bundle(file: packed)) == changes)
  }
}
