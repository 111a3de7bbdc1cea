import TasksExchange
import TasksModel
import Testing

@Suite struct CSVTests {
  private func read(_ text: String) throws -> [ForeignRecord] {
    var records: [ForeignRecord] = []
    let file = ForeignFile(
      Array(text.utf8), zone: .fixed(3600), modifiedAt: Instant(milliseconds: 1_790_000_000_000))
    try ExchangeFormat.csv.read(file) { records.append($0) }
    return records
  }

  @Test(arguments: [",", ";", "\t"])
  func columnsMayStandInAnyOrder(separator: String) throws {
    let rows = [
      ["Due", "TITLE", "tags", "Cost", "completed"],
      ["2026-12-24", "\"Buy \"\"milk\"\"\"", "a b", "3", "yes"],
      ["2026-12-24 18:30", "\"two\nlines\"", "", "", "no"],
    ]
    let text = rows.map { $0.joined(separator: separator) }.joined(separator: "\r\n")
    #expect(ExchangeFormat.guess(from: Array(text.utf8)) == .csv)
    let tasks = try read("\u{FEFF}" + text).map { try $0.result.get() }
    #expect(tasks.count == 2)
    let first = try #require(tasks.first?.edits.values)
    #expect(first[.title] == "Buy \"milk\"" && first[.due] == "2026-12-24")
    #expect(first[.tag("a")] == true && first[.tag("b")] == true && first[.completed] == true)
    #expect(first[Field("Cost")] == "3")
    let second = try #require(tasks.last?.edits.values)
    #expect(second[.due] == "2026-12-24T17:30:00.000Z")
    #expect(second[.title] == "two" && second[.description] == "two\nlines")
    #expect(second[.completed] == nil)
  }

  @Test func badRowsAreNamedAndTheRestGoesOn() throws {
    let records = try read(
      """
      title,due,id
      a,soon,
      b,2026-12-24,,more
      c,,1234
      ,2026-12-24,
      "d,,
      e,,
      """)
    let reasons = records.map { record in
      if case .failure(let reason) = record.result { reason } else { nil as RefusedRecord? }
    }
    #expect(records.map(\.line) == [2, 3, 4, 5, 6, 7])
    #expect(
      reasons == [
        .notATime("due", "soon"), .tooManyCells, .noID, .missing("title"), .openQuote, nil,
      ])
  }

  @Test func aRowWithoutAnIDIsFoundAgain() throws {
    let ids = try read("title\na\na\nb\n").map { try $0.result.get().id }
    #expect(Set(ids).count == 3)
    #expect(try read("title,due\na,2026-12-24\na,\nb,\n").map { try $0.result.get().id } == ids)
  }

  @Test func whatAColumnDoesNotSayIsNotTakenAway() throws {
    let task = try #require(try read("title,due\na,\n").first).result.get()
    #expect(task.speaksOf(.due) && !task.speaksOf(.project) && !task.speaksOf(.tag("x")))
  }

  @Test(
    arguments: [
      ("", ExchangeFormat.jsonLines), ("[]", .taskwarrior), ("{\"title\":1}", .jsonLines),
      ("[{\"uuid\":1,\"title\":2}]", .taskwarrior), ("[x] a line", .todoTxt),
      ("\n begin:vcalendar\n", .ics),
      ("title\n", .csv), ("title, of a book\n", .todoTxt), ("a\u{7}b", nil), ("\u{1}", nil),
    ] as [(String, ExchangeFormat?)])
  func whatAFileIsShowsInItsBeginning(text: String, format: ExchangeFormat?) {
    #expect(ExchangeFormat.guess(from: Array(text.utf8)) == format)
  }
}
