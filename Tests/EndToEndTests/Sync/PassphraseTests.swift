import Testing

/// Where a passphrase comes from; making a key of one takes half a second and much memory, so there are few.
@Suite(.serialized) struct PassphraseTests {
  private let meeting: Meeting

  init() throws {
    meeting = try Meeting()
    try meeting.laptop.run("add", "Buy milk").succeeded()
    try meeting.desk.file("passphrase", "correct horse\r\nsecond line\n")
  }

  private func addEncrypted() throws {
    try meeting.laptop.run(
      ["remote", "add", meeting.folder, "--encrypt"], with: ["TASKS_PASSPHRASE": "correct horse"]
    ).succeeded()
    try meeting.laptop.run("sync").succeeded()
  }

  @Test func itComesFromAFileACommandOrAVariable() throws {
    try addEncrypted()
    try Machine().run(
      "clone", meeting.folder, "--passphrase-file", "\(meeting.desk.home)/passphrase"
    ).succeeded()
    try Machine().run("clone", meeting.folder, "--passphrase-command", "echo correct horse")
      .succeeded()
    let wrong = try meeting.desk.run(
      ["clone", meeting.folder], with: ["TASKS_PASSPHRASE": "battery staple"])
    wrong.failed(13, "that is not the passphrase or key file of the remote")
  }

  @Test func aPersonIsAskedAndSeesNothingOfIt() throws {
    let made = try meeting.laptop.terminal(
      ["remote", "add", meeting.folder, "--encrypt"], with: ["NO_COLOR": "1"],
      answering: [
        ("New passphrase for origin: ", "correct horse\n"), ("Once more: ", "correct horse\n"),
        ("[y/N] ", "n\n"),
      ])
    #expect(made.status == 0 && !made.output.contains("horse"), "\(made)")
    try meeting.laptop.run("sync").succeeded()
    let cloned = try meeting.desk.terminal(
      ["clone", meeting.folder], with: ["NO_COLOR": "1"],
      answering: [("Passphrase for \(meeting.folder): ", "correct horse\n")])
    #expect(cloned.status == 0, "\(cloned)")
    #expect(cloned.output.hasSuffix("Received 1 change from laptop: 1 task.\n"), "\(cloned)")
  }

  private static let mistakes: [([(String, String)], Int32)] = [
    ([("New passphrase for x: ", "one\n"), ("Once more: ", "two\n")], 1),
    ([("New passphrase for x: ", "\n")], 2), ([("New passphrase for x: ", "\u{4}")], 13),
    ([("New passphrase for x: ", "\u{3}")], 130),
  ]

  @Test(arguments: mistakes)
  func whoMistypesChangesNothing(answers: [(String, String)], status: Int32) throws {
    let outcome = try meeting.laptop.terminal(
      ["remote", "add", "x", meeting.folder, "--encrypt"], with: ["NO_COLOR": "1"],
      answering: answers)
    #expect(outcome.status == status, "\(outcome)")
    #expect(try meeting.laptop.run("remote").output == "")
  }
}
