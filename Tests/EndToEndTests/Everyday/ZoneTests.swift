import Foundation
import Testing

/// A date stays a date wherever one is; an instant stays an instant.
@Suite struct ZoneTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  private static let berlin: [String: String?] = ["TZ": "Europe/Berlin"]
  private static let kolkata: [String: String?] = ["TZ": "Asia/Kolkata"]
  /// Where a day begins last, and first: it is never the same day in both.
  private static let west: [String: String?] = ["TZ": "Etc/GMT+12"]
  private static let east: [String: String?] = ["TZ": "Etc/GMT-14"]

  @Test func aDateIsTheSameDateInEveryZone() throws {
    try machine.add("tax", "due:2031-05-01", with: Self.berlin)
    for zone in [Self.berlin, Self.kolkata, Self.west, Self.east] {
      #expect(try machine.run("show", "1", "--json", with: zone).task().due == "2031-05-01")
      #expect(
        try machine.run("show", "1", with: zone).lines.contains("Due        Thu 1 May 2031"))
      #expect(try machine.titles("due:2031-05-01", with: zone) == ["tax"])
    }
  }

  @Test(arguments: [
    ("due:2031-05-01T14:30", "2031-05-01T12:30:00.000Z"),
    ("due:2031-01-15T14:30", "2031-01-15T13:30:00.000Z"),
    ("due:2031-05-01T14:30Z", "2031-05-01T14:30:00.000Z"),
    ("due:2031-05-01T14:30+05:30", "2031-05-01T09:00:00.000Z"),
    ("due:2031-05-01@9am", "2031-05-01T07:00:00.000Z"),
  ])
  func aTimeIsMeantWhereItIsTyped(word: String, due: String) throws {
    #expect(try machine.add("call", word, with: Self.berlin).due == due)
    #expect(try machine.run("show", "1", "--json", with: Self.kolkata).task().due == due)
  }

  @Test func anInstantIsShownInTheTimeOfWhoeverLooks() throws {
    try machine.add("call", "due:2031-05-01T22:30", with: Self.berlin)
    let day = "Due        Thu 1 May 2031 22:30"
    let next = "Due        Fri 2 May 2031 02:00"
    #expect(try machine.run("show", "1", with: Self.berlin).lines.contains(day))
    #expect(try machine.run("show", "1", with: Self.kolkata).lines.contains(next))
    #expect(try machine.titles("due:2031-05-01", with: Self.berlin) == ["call"])
    #expect(try machine.titles("due:2031-05-01", with: Self.kolkata).isEmpty)
    #expect(try machine.titles("due:2031-05-02", with: Self.kolkata) == ["call"])
    #expect(try machine.titles("due.before:2031-05-02", with: Self.berlin) == ["call"])
    #expect(try machine.titles("due.before:2031-05-02", with: Self.kolkata).isEmpty)
  }

  @Test func todayIsTodayWhereOneIs() throws {
    try machine.add("west", "due:today", with: Self.west)
    try machine.add("east", "due:today", with: Self.east)
    #expect(try machine.titles("due:today", with: Self.west) == ["west"])
    #expect(try machine.titles("due:today", with: Self.east) == ["east"])
  }

  @Test func aDateIsOverdueOnceItHasEndedThere() throws {
    try machine.add("pay", "due:today", with: Self.west)
    let here = try machine.run(with: Self.west)
    #expect(here.lines.last == "  1  Today  pay", "\(here)")
    let there = try machine.run(with: Self.east)
    #expect(there.output.contains("!"), "\(there)")
    #expect(try machine.run("show", "1", with: Self.west).output.contains("(today)"))
    #expect(try machine.run("show", "1", with: Self.east).output.contains("(overdue)"))
  }

  @Test func whatWaitsForADateWaitsForItsBeginningThere() throws {
    try machine.add("gift", "wait:today", with: Self.east)
    #expect(try machine.titles(with: Self.east) == ["gift"])
    #expect(try machine.titles(with: Self.west).isEmpty)
    #expect(try machine.titles("--waiting", with: Self.west) == ["gift"])
  }

  /// The day in UTC, so many days from now.
  private static func day(_ days: Int) -> String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate]
    return formatter.string(from: Date(timeIntervalSinceNow: Double(days) * 86400))
  }

  @Test(arguments: [
    ("today", 0), ("TOMORROW", 1), ("yesterday", -1), ("+3d", 3), ("2w", 14), ("-1d", -1),
    ("10days", 10),
  ])
  func wordsCountFromToday(word: String, days: Int) throws {
    let before = Self.day(days)
    let due = try machine.add("x", "--due", word).due
    #expect(due == before || due == Self.day(days))
  }

  @Test(arguments: ["mon", "Tuesday", "wed", "thurs", "fri", "SAT", "sunday"])
  func aWeekdayIsTheNextOneAndNeverToday(word: String) throws {
    let due = try #require(try machine.add("x", "due:\(word)").due)
    #expect((1...7).map(Self.day).contains(due))
    let shown = try machine.run("show", "1").output.lowercased()
    #expect(shown.contains("due        \(word.prefix(3).lowercased()) "))
  }

  @Test func anHourFromNowIsAnInstant() throws {
    let due = try #require(try machine.add("x", "due:+1h").due)
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    let distance = try #require(formatter.date(from: due)).timeIntervalSinceNow
    #expect((3500...3600).contains(distance))
  }
}
