/// What `-h` and `--help` print.
package struct HelpText: Sendable {
  private let table: CommandTable
  private let width: Int

  /// Help for a terminal of so many columns; what is too narrow or too wide to read is not filled.
  package init(_ table: CommandTable, width: Int = 80) {
    self.table = table
    self.width = width
  }

  /// The text that the parser's `Invocation.help` asks for.
  package func text(for command: CommandDeclaration?, isLong: Bool) -> String {
    guard let command else { return isLong ? manual() : overview() }
    return isLong ? long(command) : short(command)
  }

  /// What the program is, and its commands.
  package func overview() -> String {
    var layout = TextLayout(width: width)
    layout.paragraph("\(table.program): \(table.summary)", hanging: 2)
    usage([table.synopsis], in: &layout)
    commands(in: &layout)
    layout.heading("Options of all commands")
    layout.table(table.globals.map { ($0.label, $0.help) })
    layout.gap()
    layout.paragraph(
      "`\(table.program) COMMAND -h` shows a command's options, `\(table.program) COMMAND --help` all "
        + "about it, `\(table.program) --help` or `man \(table.program)` the rest.")
    return layout.text
  }

  /// The whole of the program's manual page.
  package func manual() -> String {
    var layout = TextLayout(width: width)
    layout.paragraph("\(table.program): \(table.summary)", hanging: 2)
    usage([table.synopsis], in: &layout)
    paragraphs(table.description, in: &layout)
    commands(in: &layout)
    layout.heading("Options of all commands")
    layout.definitions(table.globals.map { ($0.label, $0.fullHelp) })
    for topic in table.topics { section(topic, in: &layout) }
    return layout.text
  }

  /// One topic of the manual.
  package func section(_ topic: Topic) -> String {
    var layout = TextLayout(width: width)
    section(topic, in: &layout)
    return layout.text
  }

  /// A command's usage and options, to look something up.
  package func short(_ command: CommandDeclaration) -> String {
    var layout = TextLayout(width: width)
    title(command, in: &layout)
    if !command.operands.isEmpty {
      layout.heading("Operands")
      layout.table(command.operands.map { ($0.label, $0.help) })
    }
    let options = command.options + table.globals(for: command)
    if !options.isEmpty {
      layout.heading("Options")
      layout.table(options.map { ($0.label, $0.help) })
    }
    layout.gap()
    layout.paragraph("`\(table.program) \(command.name) --help` tells more.")
    return layout.text
  }

  /// All about a command: what its manual page says.
  package func long(_ command: CommandDeclaration) -> String {
    var layout = TextLayout(width: width)
    title(command, in: &layout)
    paragraphs(command.description, in: &layout)
    if !command.operands.isEmpty {
      layout.heading("Operands")
      layout.definitions(command.operands.map { ($0.label, $0.help) })
    }
    if !command.options.isEmpty {
      layout.heading("Options")
      layout.definitions(command.options.map { ($0.label, $0.fullHelp) })
    }
    if !table.globals.isEmpty {
      layout.heading("Options of all commands")
      layout.definitions(table.globals(for: command).map { ($0.label, $0.fullHelp) })
    }
    if !command.examples.isEmpty { layout.heading("Examples") }
    for example in command.examples {
      layout.verbatim(example.call, indent: 2)
      layout.paragraph(example.meaning, indent: 8)
    }
    if !table.topics.isEmpty {
      layout.gap()
      let titles = table.topics.map { Prose.folded($0.title) }.joined(separator: ", ")
      layout.paragraph(
        "`\(table.program) --help` and `man \(table.program)` tell about what all commands share: "
          + "\(titles).")
    }
    return layout.text
  }
}

// MARK: - Parts

extension HelpText {
  private func title(_ command: CommandDeclaration, in layout: inout TextLayout) {
    layout.paragraph("\(table.program) \(command.name): \(command.summary)", hanging: 2)
    usage(command.synopsis.map { "\(table.program) \($0)" }, in: &layout)
    if !command.aliases.isEmpty {
      layout.gap()
      layout.paragraph("Also called: \(command.aliases.joined(separator: ", "))", hanging: 2)
    }
  }

  private func section(_ topic: Topic, in layout: inout TextLayout) {
    layout.heading(topic.title)
    for (index, paragraph) in topic.paragraphs.enumerated() {
      if index > 0 { layout.gap() }
      layout.paragraph(paragraph, indent: 2)
    }
    if !topic.terms.isEmpty && !topic.paragraphs.isEmpty { layout.gap() }
    layout.definitions(topic.terms)
  }

  private func usage(_ forms: [String], in layout: inout TextLayout) {
    layout.heading("Usage")
    for form in forms { layout.paragraph(form, indent: 2, hanging: 6) }
  }

  private func paragraphs(_ texts: [String], in layout: inout TextLayout) {
    for text in texts {
      layout.gap()
      layout.paragraph(text)
    }
  }

  private func commands(in layout: inout TextLayout) {
    let column = table.shown.map(\.name.count).max() ?? 0
    for (group, commands) in table.groups {
      layout.heading(group.rawValue)
      layout.table(
        commands.map { command in
          let blanks = String(repeating: " ", count: column - command.name.count)
          return (command.name + blanks, command.summary)
        })
    }
  }
}
