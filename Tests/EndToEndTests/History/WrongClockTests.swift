import Testing

/// People are shown what the clock said, though the time that counts had to be moved.
@Suite struct WrongClockTests {
  @Test func aCompletionIsShownWhenItsClockSaidItWas() throws {
    let machine = try Machine()
    func at(_ time: String, _ command: String) throws -> Outcome {
      try machine.shell("exec bash -c \"$1\"", command, with: TwoDesks.clock(at: time))
    }
    try at("2038-01-19 03:00:00", "tasks add Buy milk").succeeded()
    // The clock was put right; the edit still wins over what it saw.
    try at("2025-11-19 10:00:00", "tasks done 1").succeeded()
    let sheet = try at("2025-11-19 10:00:01", "tasks show 1").succeeded().output
    #expect(sheet.contains("done Wed 19 Nov 2025 10:00"))
    #expect(sheet.contains("Changed    Wed 19 Nov 2025 10:00"))
    let log = try at("2025-11-19 10:00:01", "tasks log 1").succeeded().output
    #expect(log.contains("19 Nov 2025"))
    let json = try at("2025-11-19 10:00:01", "tasks show 1 --json").succeeded().output
    #expect(json.contains("\"updated_at\":\"2038-01-19T03:00:0"))
  }
}
