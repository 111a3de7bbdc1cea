import TasksFormat
import TasksModel
import Testing

@Suite struct ChangeDamageTests {
  /// Where the operation starts in the lines that `Example.line` makes.
  static let start = 47

  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let fault: LineFault
    let offset: Int?
    var testDescription: String { String(line.prefix(120)) }

    init(_ line: String, _ fault: LineFault, at offset: Int? = nil) {
      self.line = line
      self.fault = fault
      self.offset = offset
    }

    /// A change of one operation, of which the text is.
    init(operation: String, _ fault: LineFault, at offset: Int? = nil) {
      self.init(
        String(decoding: Example.line(operation: operation), as: UTF8.self), fault,
        at: offset.map { ChangeDamageTests.start + $0 })
    }
  }

  static let task = #""task":"3f2a9c1e-7b00-4a11-8b1f-2d6f0c9a5e77""#

  static let envelopes: [Case] = [
    Case("", .json(.unexpectedEnd), at: 0),
    Case("[]", .notAnObject, at: 0),
    Case("7", .notAnObject, at: 0),
    Case("{}", .missing("v"), at: 1),
    Case(#"{"v":1}{}"#, .json(.trailingContent), at: 7),
    Case(#"{"v":0}"#, .outOfRange("v"), at: 5),
    Case(#"{"v":"1"}"#, .wrongType("v"), at: 5),
    Case(#"{"v":1.0}"#, .wrongType("v"), at: 5),
    Case(#"{"v":1}"#, .missing("seq"), at: 6),
    Case(#"{"seq":0,"v":1}"#, .outOfRange("seq"), at: 7),
    Case(#"{"seq":1000000000000,"v":1}"#, .outOfRange("seq"), at: 7),
    Case(#"{"seq":99999999999999999999,"v":1}"#, .wrongType("seq"), at: 7),
    Case(#"{"seq":1,"v":1}"#, .missing("device")),
    Case(#"{"device":"9F3C5A1E7B00AA11","seq":1,"v":1}"#, .wrongType("device"), at: 10),
    Case(#"{"device":"9f3c5a1e7b00aa1","seq":1,"v":1}"#, .wrongType("device"), at: 10),
    Case(#"{"device":"9f3c5a1e7b00aa11","seq":1,"v":1}"#, .missing("prev")),
    Case(#"{"device":"9f3c5a1e7b00aa11","prev":"","seq":2,"v":1}"#, .wrongType("prev")),
    Case(#"{"device":"9f3c5a1e7b00aa11","prev":0,"seq":2,"v":1}"#, .wrongType("prev")),
    Case(#"{"device":"9f3c5a1e7b00aa11","prev":null,"seq":2,"v":1}"#, .previousAgainstSequence),
    // What never changes meaning is checked in every version.
    Case(#"{"device":"9f3c5a1e7b00aa11","prev":null,"seq":2,"v":2}"#, .previousAgainstSequence),
    Case(#"{"device":"9f3c5a1e7b00aa11","prev":null,"seq":1,"v":1}"#, .missing("ops")),
    Case(#"{"device":"9f3c5a1e7b00aa11","ops":{},"prev":null,"seq":1,"v":1}"#, .wrongType("ops")),
    Case(#"{"device":"9f3c5a1e7b00aa11","ops":[],"prev":null,"seq":1,"v":1}"#, .missing("name")),
    Case(
      #"{"device":"9f3c5a1e7b00aa11","name":"x","note":null,"ops":[],"prev":null,"seq":1,"v":1}"#,
      .wrongType("note"), at: 47),
    Case(#"{"v":1,"\u0076":1}"#, .json(.duplicateKey("v")), at: 7),
    Case(#"{"x":{"y":1,"y":2},"v":2}"#, .json(.duplicateKey("y")), at: 12),
    Case("{\"v\":\"\u{0}\"}", .json(.nullCharacter), at: 6),
    Case(#"{"v":"\u0000"}"#, .json(.nullCharacter), at: 6),
    Case(#"{"v":"\ud800"}"#, .json(.loneSurrogate), at: 6),
    Case(#"{"v":"\udc00"}"#, .json(.loneSurrogate), at: 6),
    Case("\u{FEFF}{}", .json(.unexpectedByte(0xEF)), at: 0),
  ]

  static let operations: [Case] = [
    Case(operation: "7", .wrongType("ops[0]"), at: 0),
    Case(operation: "{}", .missing("ops[0].at"), at: 1),
    Case(operation: #"{"at":-1}"#, .outOfRange("ops[0].at"), at: 6),
    Case(operation: #"{"at":253402300800000}"#, .outOfRange("ops[0].at"), at: 6),
    Case(operation: #"{"at":1e400}"#, .wrongType("ops[0].at"), at: 6),
    Case(operation: #"{"at":1763721131001.0}"#, .wrongType("ops[0].at"), at: 6),
    Case(operation: #"{"at":null}"#, .wrongType("ops[0].at"), at: 6),
    Case(operation: #"{"at":1,"clock":null}"#, .wrongType("ops[0].clock"), at: 16),
    Case(operation: #"{"at":1,"clock":-5}"#, .outOfRange("ops[0].clock"), at: 16),
    Case(operation: #"{"at":1,"at":1}"#, .json(.duplicateKey("at")), at: 8),
    Case(operation: #"{"at":1}"#, .missing("ops[0].kind")),
    Case(operation: #"{"at":1,"kind":1}"#, .wrongType("ops[0].kind")),
    Case(operation: #"{"at":1,"kind":"update"}"#, .missing("ops[0].over")),
    Case(operation: #"{"at":1,"kind":"update","over":{}}"#, .wrongType("ops[0].over")),
    Case(operation: #"{"at":1,"kind":"update","over":[7]}"#, .wrongType("ops[0].over[0]")),
    Case(
      operation: #"{"at":1,"kind":"update","over":[":0"]}"#,
      .namesLaterOperation("ops[0].over[0]", Dot(change: nil, index: 0))),
    Case(
      operation: #"{"at":1,"kind":"update","over":["3f2a9c1e7b00aa11:0",":12"]}"#,
      .namesLaterOperation("ops[0].over[1]", Dot(change: nil, index: 12))),
    Case(operation: #"{"at":1,"kind":"update","over":[]}"#, .missing("ops[0].task")),
    Case(
      operation:
        #"{"at":1,"kind":"update","over":[],"task":"3F2A9C1E-7B00-4A11-8B1F-2D6F0C9A5E77"}"#,
      .wrongType("ops[0].task")),
    Case(
      operation: #"{"at":1,"kind":"update","over":[],"task":"3f2a9c1e7b004a118b1f2d6f0c9a5e77"}"#,
      .wrongType("ops[0].task")),
    Case(operation: #"{"at":1,"kind":"update","over":[],\#(task)}"#, .missing("ops[0].set")),
    Case(operation: #"{"at":1,"kind":"create","over":[],\#(task)}"#, .missing("ops[0].set")),
    Case(operation: #"{"at":1,"kind":"delete","over":[],\#(task)}"#, .missing("ops[0].set")),
    Case(
      operation: #"{"at":1,"kind":"archive","over":[],"set":[],\#(task)}"#,
      .wrongType("ops[0].set")),
    Case(
      operation: #"{"at":1,"kind":"update","over":[],"set":{"a":1,"\u0061":2},\#(task)}"#,
      .json(.duplicateKey("a"))),
  ]

  @Test(arguments: envelopes + operations)
  func damageIsFoundAndNamed(damage: Case) throws {
    let error = #expect(throws: FormatError.self) { try ChangeLine.decode(Array(damage.line.utf8)) }
    guard case .line(let fault, nil, let offset) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(fault == damage.fault)
    if let expected = damage.offset { #expect(offset == expected) }
    #expect(ReferenceDecoder.change(Array(damage.line.utf8)) == nil)
  }

  @Test(arguments: [
    ":00", ":01", ":", "0", ":10000", "3f2a9c1e7b00aa1:0", "3F2A9C1E7B00AA11:0", "::0", ":0 ",
    ":-1", ":+1", "",
    "3f2a9c1e7b00aa11", "3f2a9c1e7b00aa11:", "3f2a9c1e7b00aa11:é",
  ])
  func aDotHasOneForm(text: String) {
    #expect(Dot(text) == nil)
  }

  @Test func tooManyOperationsAreRefused() {
    let operation = #"{"at":1,"kind":"delete","over":[],"set":{},\#(Self.task)}"#
    let line = Example.line(
      operation: Array(repeating: operation, count: 1001).joined(separator: ","))
    let error = #expect(throws: FormatError.self) { try ChangeLine.decode(line) }
    guard case .line(.tooManyOperations(limit: 1000), nil, _) = error else {
      Issue.record("\(error as Any)")
      return
    }
  }

  @Test func hugeAndDeepLinesAreRefused() {
    let titles = Example.line(
      operation: #"{"at":1,"kind":"update","over":[],"set":{"title":""#
        + String(repeating: "x", count: 10_000_000)
        + #""},\#(Self.task)}"#)
    #expect(throws: FormatError.line(.tooLong(limit: 1 << 20), number: nil, offset: 1 << 20)) {
      try ChangeLine.decode(titles)
    }
    for bracket in ["[", #"{"a":"#] {
      let deep = Example.line(operation: String(repeating: bracket, count: 100_000))
      let error = #expect(throws: FormatError.self) { try ChangeLine.decode(deep) }
      guard case .line(.json(.tooDeep(limit: 32)), nil, _) = error else {
        Issue.record("\(error as Any)")
        continue
      }
    }
    let digits = Example.line(
      operation: #"{"at":"# + String(repeating: "9", count: 1_000_000) + "}")
    #expect(throws: FormatError.line(.wrongType("ops[0].at"), number: nil, offset: Self.start + 6))
    {
      try ChangeLine.decode(digits)
    }
  }

  /// What a reader would refuse is never written.
  @Test func whatNoReaderAcceptsIsNotWritten() {
    func refused(_ operation: Operation, sequence: Int = 1) {
      let change = Change(
        device: Example.device, name: "x", sequence: sequence, previous: nil, note: nil,
        operations: [operation])
      #expect(throws: FormatError.self) { try ChangeLine.encode(change) }
    }
    let good = Example.operation
    func changed(
      task: TaskID = good.task, at: Instant = good.at, over: [Dot] = [],
      fields: [JSON.Member]? = good.fields
    ) -> Operation {
      Operation(task: task, kind: "update", at: at, clock: nil, over: over, fields: fields)
    }
    refused(changed(at: Instant(milliseconds: -1)))
    refused(changed(at: Instant(milliseconds: 253_402_300_800_000)))
    refused(changed(over: [Dot(change: nil, index: 0)]))
    refused(changed(fields: nil))
    refused(changed(fields: [JSON.Member("title", "a\u{0}b")]))
    refused(changed(fields: [JSON.Member("title", "a"), JSON.Member("title", "b")]))
    refused(good, sequence: 0)
    refused(good, sequence: 2)
  }
}
