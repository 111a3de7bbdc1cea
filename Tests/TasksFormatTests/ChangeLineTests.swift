import TasksFormat
import TasksModel
import Testing
import TestSupport

@Suite struct ChangeLineTests {
  /// The example is the one that `docs/format.md` explains.
  @Test func aChangeIsWrittenAsTheSpecificationShows() throws {
    let line = try ChangeLine.encode(Example.changes[1])
    #expect(String(decoding: line, as: UTF8.self) == Example.secondLine)
    #expect(try ChangeLine.decode(line) == Example.changes[1])
  }

  @Test func anIdentifierIsTheHashOfTheLineAsItIs() throws {
    // sha256sum of the text.
    #expect(
      ChangeLine.id(of: Array("abc".utf8)).text
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test(arguments: SeededGenerator.seeds)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for sealed in try RandomChange.chain(of: 60, using: &generator) {
      #expect(try ChangeLine.decode(sealed.line) == sealed.change)
      #expect(!sealed.line.contains(0x0A))
      #expect(try ChangeLine.encode(sealed.change) == sealed.line)
      #expect(ReferenceDecoder.change(sealed.line) == sealed.change)
    }
  }

  /// The reader without a tree and the parser with one accept the same lines and read the same.
  ///
  /// `TASKS_THOROUGH=100` tries a hundred times as many; the fuzzer tries for as long as it is let.
  @Test(arguments: SeededGenerator.seeds)
  func mutatedLinesAreReadAsTheReferenceReadsThem(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let lines = try RandomChange.chain(of: 30, operations: 2, using: &generator).map(\.line)
    var accepted = 0
    for _ in 0..<(2_000 * Thoroughness.factor) {
      let line = Mutation.mutate(
        lines.randomElement(using: &generator) ?? [], using: &generator)
      let change = try? ChangeLine.decode(line)
      if change != nil { accepted += 1 }
      if change != ReferenceDecoder.change(line) {
        Issue.record("\(change as Any) for \(String(decoding: line, as: UTF8.self))")
        return
      }
    }
    // Mutations that nothing survives would test one half only.
    #expect(accepted > 100)
  }

  @Test func whitespaceAndAnyOrderAreRead() throws {
    let line =
      #" { "v" : 1 , "seq":1,"prev":null,"ops":[ ],"n\u0061me":"x","device":"9f3c5a1e7b00aa11"} "#
    let change = try ChangeLine.decode(Array(line.utf8))
    #expect(change.name == "x")
    #expect(change.operations.isEmpty)
  }

  @Test func unknownMembersAreToleratedEverywhere() throws {
    let line = #"""
      {"device":"9f3c5a1e7b00aa11","extra":[{}],"name":"x","ops":[{"at":1,"kind":"update","over":[],"set":{"recur":{"a":[1.50]}},"task":"3f2a9c1e-7b00-4a11-8000-000000000001","why":"because"}],"prev":null,"seq":1,"v":1}
      """#
    let operation = try #require(try ChangeLine.decode(Array(line.utf8)).operations.first)
    #expect(operation.fields == [JSON.Member("recur", ["a": .array([.number("1.50")])])])
  }

  @Test func anUnknownKindMayLackItsFields() throws {
    let line = Example.line(
      operation: #"{"at":1,"kind":"archive","over":[],"task":"\#(Example.task)"}"#)
    let operation = try #require(try ChangeLine.decode(line).operations.first)
    #expect(operation.kind == "archive")
    #expect(operation.fields == nil)
  }

  @Test(arguments: [
    (#"{"device":"9f3c5a1e7b00aa11","ops":"secret","prev":null,"seq":1,"v":2}"#, ""),
    (
      #"{"device":"9f3c5a1e7b00aa11","name":7,"note":0,"ops":[{"at":-1}],"prev":null,"seq":1,"v":3}"#,
      ""
    ),
    (#"{"device":"9f3c5a1e7b00aa11","name":"x","prev":null,"seq":1,"v":9223372036854775807}"#, "x"),
  ])
  func aLaterVersionIsReadAsFarAsItNeverChanges(line: String, name: String) throws {
    let change = try ChangeLine.decode(Array(line.utf8))
    #expect(change.version > 1)
    #expect(change.operations.isEmpty)
    #expect(change.name == name)
    #expect(change.sequence == 1)
    // It is passed on as it came, never written.
    #expect(throws: FormatError.self) { try ChangeLine.encode(change) }
  }

  @Test func theLimitsThemselvesAreInside() throws {
    let operation = Example.operation
    let full = Change(
      device: Example.device, name: "x", sequence: 1, previous: nil, note: nil,
      operations: Array(repeating: operation, count: 1000))
    #expect(try ChangeLine.decode(ChangeLine.encode(full)).operations.count == 1000)
    let line = Example.line(operation: "")
    let note = #","note":""#
    let padding = (1 << 20) - line.count - note.utf8.count - 1
    var padded = line
    padded.insert(
      contentsOf: Array((note + String(repeating: "n", count: padding) + "\"").utf8),
      at: try #require(Example.place(of: #","ops""#, in: line)))
    #expect(padded.count == 1 << 20)
    #expect(try ChangeLine.decode(padded).note?.count == padding)
    padded.append(0x20)
    #expect(throws: FormatError.line(.tooLong(limit: 1 << 20), number: nil, offset: 1 << 20)) {
      try ChangeLine.decode(padded)
    }
  }
}
