/// The manual: `tasks.1`, and a page for each command, in man(7).
package struct ManualPages: Sendable {
  private let table: CommandTable

  package init(_ table: CommandTable) {
    self.table = table
  }

  /// The page of the whole program: what all commands share.
  package func overview() -> String {
    var page = header(name: table.program, summary: table.summary)
    page += section("SYNOPSIS") + [Roff.synopsis(table.synopsis)]
    page += section("DESCRIPTION") + paragraphs(table.description)
    page += section("COMMANDS")
    for (group, commands) in table.groups {
      page.append(".SS \(Roff.argument(group.rawValue))")
      for command in commands {
        page += term(Roff.bold("\(table.program) \(command.name)"), command.summary)
      }
    }
    page += options(table.globals)
    for topic in table.topics {
      page += section(topic.title.uppercased()) + paragraphs(topic.paragraphs)
      for (word, meaning) in topic.terms { page += term(Roff.bold(word), meaning) }
    }
    return finished(page + seeAlso(table.shown.map(table.page(of:))))
  }

  /// The page of a command.
  package func page(of command: CommandDeclaration) -> String {
    var page = header(name: table.page(of: command), summary: command.summary)
    page += section("SYNOPSIS")
    for (index, form) in command.synopsis.enumerated() {
      if index > 0 { page.append(".br") }
      page.append(Roff.synopsis("\(table.program) \(form)"))
    }
    page += section("DESCRIPTION") + paragraphs(command.description)
    if !command.aliases.isEmpty {
      let words = command.aliases.map { Roff.bold("\(table.program) \($0)") }
      page += [".PP", "Also called " + words.joined(separator: ", ") + "."]
    }
    if !command.operands.isEmpty { page += section("OPERANDS") }
    for operand in command.operands { page += term(Roff.synopsis(operand.label), operand.help) }
    page += options(command.options)
    page += [
      command.options.isEmpty ? ".SH OPTIONS" : ".PP",
      "The options of all commands are described in " + Roff.bold(table.program) + "(1).",
    ]
    if !command.examples.isEmpty { page += section("EXAMPLES") }
    for example in command.examples { page += term(Roff.bold(example.call), example.meaning) }
    let related = table.shown.filter { $0.group == command.group && $0.name != command.name }
    return finished(page + seeAlso([table.program] + related.map(table.page(of:))))
  }
}

// MARK: - Parts

extension ManualPages {
  private func header(name: String, summary: String) -> [String] {
    let source = Roff.argument("\(table.program) \(table.version)")
    return [
      ".\\\" Made from the command table; edit that instead.",
      ".TH \(Roff.argument(name.uppercased())) 1 \(table.released) \(source) \(Roff.argument("User commands"))",
    ] + section("NAME") + ["\(Roff.literal(name)) \\- \(Roff.prose(summary))"]
  }

  private func section(_ title: String) -> [String] { [".SH \(Roff.argument(title))"] }

  private func paragraphs(_ texts: [String]) -> [String] {
    texts.enumerated().flatMap { index, text in (index == 0 ? [] : [".PP"]) + [Roff.prose(text)] }
  }

  /// A paragraph behind a term, which comes escaped.
  private func term(_ label: String, _ meaning: String) -> [String] {
    [".TP", label, Roff.prose(meaning)]
  }

  private func options(_ options: [OptionDeclaration]) -> [String] {
    guard !options.isEmpty else { return [] }
    return section("OPTIONS")
      + options.flatMap { option in
        let value = option.value.map(Roff.italic)
        let short = option.short.map { Roff.bold("-\($0)") + (value.map { " \($0)" } ?? "") + ", " }
        let long = Roff.bold("--\(option.long)") + (value.map { "=\($0)" } ?? "")
        return term((short ?? "") + long, option.fullHelp)
      }
  }

  private func seeAlso(_ pages: [String]) -> [String] {
    guard !pages.isEmpty else { return [] }
    return section("SEE ALSO")
      + pages.enumerated().map { index, page in
        ".BR \(Roff.literal(page)) (1)" + (index + 1 < pages.count ? "," : "")
      }
  }

  /// The file of the lines; an empty one would be an error in man(7).
  private func finished(_ lines: [String]) -> String {
    lines.filter { !$0.isEmpty }.map { $0 + "\n" }.joined()
  }
}
