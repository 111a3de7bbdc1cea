import TasksModel
import TasksText

/// Everything about one task, for people.
struct TaskSheet {
  let clock: Clock
  let style: Style
  let columns: Int?

  /// - Parameter conflicts: lines about values that are kept beside the ones shown.
  func lines(_ task: TaskRecord, conflicts: [String]) -> [String] {
    var lines: [String] = []
    let title = visible(task.title ?? "(no title yet)")
    lines += wrap(title, indent: 0).map(style.strong)
    lines.append("")
    let labels = Labels(style: style, lines: Lines(columns: columns))
    for (name, value, paint) in attributes(task) { lines += labels.lines(name, value, paint) }
    lines += conflicts
    if let description = task.description {
      lines.append("")
      lines += paragraphs(description, indent: 0)
    }
    if !task.notes.isEmpty { lines += ["", style.faint("Notes")] }
    for (index, note) in task.notes.enumerated() {
      lines.append("\(index + 1). \(style.faint(HumanTime.full(note.at, clock)))")
      lines += paragraphs(note.text, indent: 3)
    }
    return lines
  }

  private typealias Attribute = (name: String, value: String, paint: (String) -> String)

  private func attributes(_ task: TaskRecord) -> [Attribute] {
    var attributes: [Attribute] = []
    func add(
      _ name: String, _ value: String?, _ paint: @escaping (String) -> String = { $0 }
    ) {
      if let value, !value.isEmpty { attributes.append((name, value, paint)) }
    }
    add("Number", task.number.map(String.init))
    add("State", state(task))
    switch task.isOpen ? Urgency(task.due, clock: clock) : .later {
    case .overdue: add("Due", due(task).map { $0 + " (overdue)" }, style.overdue)
    case .today: add("Due", due(task).map { $0 + " (today)" }, style.today)
    case .later: add("Due", due(task))
    }
    add("Waits", task.wait.map { "until " + HumanTime.full($0, clock) })
    add("Priority", task.priority.map { visible($0) })
    add("Project", task.project.map { visible($0) })
    add("Tags", visible(task.tags.joined(separator: " ")))
    add("Created", dated(task.createdAt))
    add("Changed", task.updatedAt == task.createdAt ? nil : dated(task.updatedAt))
    for field in otherFields(task) { add(visible(field.name), visible(field.text)) }
    add("Sync", task.syncStatus.rawValue)
    add("Id", task.id.text)
    return attributes
  }

  /// What other programs know of the task; a set, such as `depends:X` and `depends:Y`, in one line.
  private func otherFields(_ task: TaskRecord) -> [(name: String, text: String)] {
    var fields: [(name: String, text: String)] = []
    for field in task.otherFields {
      guard field.value == true, let colon = field.key.utf8.firstIndex(of: UInt8(ascii: ":")) else {
        fields.append((field.key, field.value.stringValue ?? field.value.canonicalText))
        continue
      }
      let (name, element) = (String(field.key[..<colon]), field.key[colon...].dropFirst())
      if let last = fields.indices.last, fields[last].name == name {
        fields[last].text += " \(element)"
      } else {
        fields.append((name, String(element)))
      }
    }
    return fields
  }

  private func state(_ task: TaskRecord) -> String {
    if task.isDeleted { return "deleted" }
    guard task.isCompleted else { return task.isWaiting(at: clock) ? "waiting" : "open" }
    return "done" + (task.completedAt.map { " \(dated($0))" } ?? "")
  }

  private func due(_ task: TaskRecord) -> String? {
    task.due.map { HumanTime.full($0, clock) }
  }

  private func dated(_ instant: Instant) -> String {
    let age = HumanTime.age(since: instant, clock)
    return HumanTime.full(instant, clock) + " (\(age == "now" ? age : age + " ago"))"
  }

  private func paragraphs(_ text: String, indent: Int) -> [String] {
    visible(text, multiline: true).split(
      separator: "\n", omittingEmptySubsequences: false
    ).flatMap { line in
      wrap(String(line), indent: indent).map { String(repeating: " ", count: indent) + $0 }
    }
  }

  private func wrap(_ text: String, indent: Int) -> [String] {
    guard let columns else { return [text] }
    return TextFit.wrap(text, columns: max(10, columns - indent))
  }
}
