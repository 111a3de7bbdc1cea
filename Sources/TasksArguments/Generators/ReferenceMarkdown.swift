/// `docs/reference.md`: every command and every topic on one page.
package struct ReferenceMarkdown: Sendable {
  private let table: CommandTable

  package init(_ table: CommandTable) {
    self.table = table
  }

  package func text() -> String {
    var blocks: [[String]] = [
      ["<!-- Made from the command table; edit that instead. -->"],
      ["# \(table.program): reference"],
      ["\(Markdown.prose(table.summary))."],
      Markdown.block([table.synopsis], language: "text"),
    ]
    blocks += paragraphs(table.description) + contents()
    blocks += options(table.globals, title: "## Options of all commands")
    for (group, commands) in table.groups {
      blocks.append(["## \(Markdown.prose(group.rawValue))"])
      for command in commands { blocks += section(of: command) }
    }
    for topic in table.topics { blocks += section(of: topic) }
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }
}

// MARK: - Parts

extension ReferenceMarkdown {
  private func contents() -> [[String]] {
    let groups = table.groups.map { group, commands in
      let links = commands.map { command in
        link(command.name, to: "\(table.program) \(command.name)")
      }
      return "- \(Markdown.prose(group.rawValue)): " + links.joined(separator: ", ")
    }
    let topics = table.topics.map { link($0.title, to: $0.title) }
    return [groups + (topics.isEmpty ? [] : ["- Topics: " + topics.joined(separator: ", ")])]
  }

  private func link(_ text: String, to heading: String) -> String {
    "[\(Markdown.prose(text))](#\(Markdown.anchor(heading)))"
  }

  private func section(of command: CommandDeclaration) -> [[String]] {
    var blocks = [
      ["### \(table.program) \(command.name)"],
      ["\(Markdown.prose(command.summary))."],
      Markdown.block(command.synopsis.map { "\(table.program) \($0)" }, language: "text"),
    ]
    blocks += paragraphs(command.description)
    if !command.aliases.isEmpty {
      let words = command.aliases.map { Markdown.code("\(table.program) \($0)") }
      blocks.append(["Also called " + words.joined(separator: ", ") + "."])
    }
    if !command.operands.isEmpty {
      let rows = command.operands.map { [Markdown.code($0.label), Markdown.prose($0.help)] }
      blocks.append(Markdown.table(["Operand", "Meaning"], rows))
    }
    blocks += options(command.options, title: nil)
    for example in command.examples {
      let meaning = Markdown.prose(example.meaning)
      blocks.append([meaning.hasSuffix(".") ? meaning : meaning + ":"])
      blocks.append(Markdown.block([example.call], language: "sh"))
    }
    return blocks
  }

  private func section(of topic: Topic) -> [[String]] {
    let rows = topic.terms.map { [Markdown.code($0.term), Markdown.prose($0.meaning)] }
    return [["## \(Markdown.prose(topic.title))"]] + paragraphs(topic.paragraphs)
      + (rows.isEmpty ? [] : [Markdown.table(["Term", "Meaning"], rows)])
  }

  private func options(_ options: [OptionDeclaration], title: String?) -> [[String]] {
    guard !options.isEmpty else { return [] }
    let rows = options.map { option in
      let label = String(option.label.drop { $0 == " " })
      return [Markdown.code(label), Markdown.prose(option.fullHelp)]
    }
    return (title.map { [[$0]] } ?? []) + [Markdown.table(["Option", "Meaning"], rows)]
  }

  private func paragraphs(_ texts: [String]) -> [[String]] { texts.map { [Markdown.prose($0)] } }
}
