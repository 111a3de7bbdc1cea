import TasksArguments
import TasksModel
import TasksStore
import TasksText

/// `projects`: all projects.
struct ProjectsCommand: Command {
  static let declaration = CommandDeclaration(
    name: "projects", group: .everyday, summary: "List projects",
    synopsis: ["projects [--all] [--json]"],
    description: ["Lists the projects that have open tasks, and how many."],
    options: [NamedCounts.all, CommonOptions.json],
    examples: [Example("tasks projects", "what there is to work on")])

  private let counts: NamedCounts

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    counts = NamedCounts(arguments)
  }

  func run(in session: Session) throws {
    try counts.show(
      try session.store(for: .reading).projects(), heading: "Project", empty: "No projects.",
      in: session)
  }
}

/// `tags`: all tags.
struct TagsCommand: Command {
  static let declaration = CommandDeclaration(
    name: "tags", group: .everyday, summary: "List tags",
    synopsis: ["tags [--all] [--json]"],
    description: ["Lists the tags that open tasks have, and how many."],
    options: [NamedCounts.all, CommonOptions.json],
    examples: [Example("tasks tags --all", "with those of completed tasks")])

  private let counts: NamedCounts

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    counts = NamedCounts(arguments)
  }

  func run(in session: Session) throws {
    try counts.show(
      try session.store(for: .reading).tags(), heading: "Tag", empty: "No tags.", in: session)
  }
}

/// A list of names with their numbers of tasks.
private struct NamedCounts {
  static let all = OptionDeclaration("all", help: "Those that only completed tasks have, too.")

  private let showsAll: Bool
  private let isJSON: Bool

  init(_ arguments: ParsedArguments) {
    showsAll = arguments.has(Self.all)
    isJSON = arguments.isJSON
  }

  func show(
    _ counts: [NamedCount], heading: String, empty: String, in session: Session
  ) throws {
    let counts = counts.filter { showsAll || $0.open > 0 }
    if isJSON {
      try DataFormat.json.write(counts, to: session.output) { count, bytes in
        JSONWriter.append(
          [
            "name": .string(count.name), "open": .integer(Int64(count.open)),
            "completed": .integer(Int64(count.completed)),
          ], to: &bytes)
      }
      return
    }
    guard !counts.isEmpty else {
      session.say(empty)
      return
    }
    let names = counts.map { visible($0.name) }
    let width = names.reduce(heading.utf8.count) { max($0, DisplayWidth.columns(of: $1)) }
    let style = session.style
    func line(_ name: String, _ open: String, _ done: String) -> (String, String) {
      let done = showsAll ? "  " + TextFit.pad(done, to: 4, alignRight: true) : ""
      return (
        TextFit.pad(name, to: width, alignRight: false),
        "  " + TextFit.pad(open, to: 4, alignRight: true) + done
      )
    }
    let (name, rest) = line(heading, "Open", "Done")
    try session.output.line(style.heading(name) + style.heading(rest))
    for (index, count) in counts.enumerated() {
      let (name, rest) = line(names[index], String(count.open), String(count.completed))
      try session.output.line(name + rest)
    }
  }
}
