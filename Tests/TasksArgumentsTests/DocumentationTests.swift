import Foundation
import TasksArguments
import Testing

@Suite struct DocumentationTests {
  @Test(.enabled(if: isInstalled("mandoc")))
  func mandocHasNothingToSay() throws {
    let sandbox = try Sandbox()
    for (path, _) in generatedFiles(for: sample) where path.hasPrefix("man/") {
      let result = try run("mandoc", ["-T", "lint", "-W", "warning", "\(sandbox.path)/\(path)"])
      #expect(result.output == "", "\(path)")
    }
  }

  @Test(.enabled(if: isInstalled("mandoc")))
  func manualPagesShowTheTextsAsTheyAre() throws {
    let sandbox = try Sandbox()
    let result = try run(
      "mandoc", ["-T", "utf8", "-O", "width=200", "\(sandbox.path)/man/tasks-nasty.1"])
    // Bold and underlined characters come as the character, a backspace and it again.
    let plain = result.output.split(separator: "\n").map { line in
      var shown: [Character] = []
      var characters = Array(line)[...]
      while let character = characters.popFirst() {
        if character == "\u{8}" { shown.removeLast() } else { shown.append(character) }
      }
      return String(shown)
    }.joined(separator: "\n")
    let shown = nastyText.split(separator: "`tick`").joined(separator: "tick")
    #expect(plain.contains(shown))
    #expect(plain.contains("\n       .SH Injected"))
    #expect(plain.contains("\n       'br"))
    #expect(plain.contains(#"tasks nasty '.a' "$(rm)" \\ ```"#))
  }

  @Test func pagesHaveTheirSections() throws {
    let manual = ManualPages(sample)
    func sections(_ page: String) -> [String] {
      page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }
        .map { line in String(line.dropFirst(5).dropLast()) }
    }
    #expect(
      sections(manual.overview()) == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "DATES", "EXIT STATUSES",
        "SEE ALSO",
      ])
    let add = try #require(sample.command(named: "add"))
    #expect(
      sections(manual.page(of: add)) == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "OPERANDS", "OPTIONS", "EXAMPLES", "SEE ALSO",
      ])
    #expect(manual.page(of: add).contains(".TH \"TASKS\\-ADD\" 1 2026-01-31 \"tasks 1.2.3\""))
  }

  @Test(arguments: [20, 40, 57, 80, 100, 400])
  func helpKeepsToTheWidth(width: Int) {
    let help = HelpText(sample, width: width)
    let texts =
      [help.overview(), help.manual()]
      + sample.commands.flatMap { [help.short($0), help.long($0)] }
    for line in texts.joined().split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(!line.hasSuffix(" "))
      #expect(line.count <= min(max(width, 40), 100))
    }
  }

  @Test func overviewNamesWhatIsShownOnly() {
    let overview = HelpText(sample).text(for: nil, isLong: false)
    for command in sample.commands where !command.isHidden {
      #expect(overview.contains("\n  \(command.name) "))
    }
    #expect(!overview.contains("Print completions"))
    #expect(overview.hasPrefix("tasks: a list of things to do\n\nUsage:\n"))
  }

  @Test func helpOfACommandIsShortOrTellsAll() throws {
    let add = try #require(sample.command(named: "add"))
    let short = HelpText(sample).text(for: add, isLong: false)
    let long = HelpText(sample).text(for: add, isLong: true)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(short.contains("\n  -d, --description TEXT  More text\n"))
    #expect(!short.contains("Adds a task"))
    for part in [
      "Adds a task.", "Also called: a, new", "tasks add --stdin", "Urgency. One of H, M, L.",
      "A tag. May be given more than once.", "--store DIR", #"tasks add "Buy milk" +shop due:fri"#,
      "Dates, Exit statuses",
    ] { #expect(long.contains(part), "\(part)") }
  }

  @Test func shortFormsThatCannotBeGivenAreNotShown() throws {
    let list = try #require(sample.command(named: "list"))
    #expect(!HelpText(sample).short(list).contains("-v, --verbose"))
    #expect(HelpText(sample).short(list).contains("    --verbose"))
  }

  @Test func theReferenceHasEveryCommandAndTopic() {
    let reference = ReferenceMarkdown(sample).text()
    for command in sample.commands {
      #expect(reference.contains("\n### tasks \(command.name)\n") != command.isHidden)
    }
    #expect(reference.contains("[add](#tasks-add)"))
    #expect(reference.contains("[Exit statuses](#exit-statuses)"))
    #expect(reference.contains("| `-d, --description TEXT` | More text |"))
    #expect(reference.contains(##"_e\_ \| \# \~"##))
    #expect(reference.contains("````sh\ntasks nasty"))
  }

  @Test func generatedFilesAreThese() {
    let names = sample.commands.filter { !$0.isHidden }.map { "man/tasks-\($0.name).1" }
    #expect(
      generatedFiles(for: sample).map(\.path)
        == ["man/tasks.1"] + names
        + [
          "completions/tasks.bash", "completions/_tasks", "completions/tasks.fish",
          "docs/reference.md",
        ])
    for (path, text) in generatedFiles(for: sample) {
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"), "\(path)")
      #expect(!text.contains(" \n"), "\(path)")
    }
  }
}
