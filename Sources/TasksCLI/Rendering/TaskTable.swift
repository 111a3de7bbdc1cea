import TasksModel
import TasksText

/// A list of tasks as a table for people: only columns that say something, fitted to the screen.
struct TaskTable {
  private let clock: Clock
  private let style: Style
  /// How wide the table may be; nil where there is no screen to fit.
  private let columns: Int?
  /// The tasks of which somebody should say what they are to be.
  private let inConflict: Set<TaskID>

  init(clock: Clock, style: Style, columns: Int?, inConflict: Set<TaskID> = []) {
    self.clock = clock
    self.style = style
    self.columns = columns
    self.inConflict = inConflict
  }

  /// The lines of the table, heading first; of several groups, each behind a line that says what it is.
  func lines(_ tasks: [TaskRecord], by grouping: Grouping? = nil) -> [String] {
    let groups = grouping?.groups(of: tasks) ?? [tasks]
    let tasks = Array(groups.joined())
    var cells: [Column: [Cell]] = [:]
    for column in Column.allCases {
      let texts = tasks.map { Cell(text(column, $0)) }
      if column.isAlwaysShown || texts.contains(where: { $0.width > 0 }) { cells[column] = texts }
    }
    var shown = Column.allCases.filter { cells[$0] != nil && $0 != grouping?.column }
    var widths = widths(shown, cells)
    // On a screen too narrow for the title, the least important columns go first.
    for dispensable in [Column.tags, .project, .priority] {
      guard columns != nil, isTitleCramped(widths, cells) else { break }
      shown.removeAll { $0 == dispensable }
      widths = self.widths(shown, cells)
    }

    var lines: [String] = []
    lines.reserveCapacity(tasks.count + 1)
    let heading = shown.map { column in
      fit(Cell(column.title), column, widths, isLast: column == shown.last)
    }
    lines.append(heading.map(style.heading).joined(separator: Self.gap))
    var index = 0
    for group in groups {
      if let grouping, let first = group.first {
        let title = grouping.heading(of: first)
        let fitting = columns.map { TextFit.truncate(title, to: $0) } ?? title
        lines += (index > 0 ? [""] : []) + [style.place(fitting)]
      }
      for task in group {
        var line = ""
        for column in shown {
          guard let cell = cells[column]?[index] else { continue }
          if column != shown.first { line += Self.gap }
          line += paint(fit(cell, column, widths, isLast: column == shown.last), column, task)
        }
        lines.append(line)
        index += 1
      }
    }
    return style.isOn ? lines : lines.map(Self.withoutBlankEnd)
  }

  private static func withoutBlankEnd(_ line: String) -> String {
    guard let last = line.utf8.lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return "" }
    return String(line[...last])
  }

  /// A text, measured once.
  private struct Cell {
    let text: String
    let width: Int

    init(_ text: String) {
      self.text = text
      width = DisplayWidth.columns(of: text)
    }
  }

  private static let gap = "  "

  fileprivate enum Column: CaseIterable {
    case number, state, due, priority, project, title, tags

    var title: String {
      switch self {
      case .number: "#"
      case .state: "State"
      case .due: "Due"
      case .priority: "Pri"
      case .project: "Project"
      case .title: "Title"
      case .tags: "Tags"
      }
    }

    var isAlwaysShown: Bool { self == .number || self == .title }
    var isRight: Bool { self == .number }

    /// How much of the screen a column may take before its text is cut.
    func most(of columns: Int) -> Int {
      switch self {
      case .project, .tags: max(8, columns / 5)
      default: columns
      }
    }
  }

  private func text(_ column: Column, _ task: TaskRecord) -> String {
    switch column {
    case .number: task.number.map(String.init) ?? task.id.short
    case .state: state(task)
    case .due: due(task)
    case .priority: visible(task.priority ?? "")
    case .project: visible(task.project ?? "")
    case .title: visible(task.title ?? "(no title yet)")
    case .tags: visible(task.tags.joined(separator: " "))
    }
  }

  /// The day; one that has passed is marked, for those who see no colours.
  private func due(_ task: TaskRecord) -> String {
    guard let due = task.due else { return "" }
    let text = HumanTime.short(due, clock)
    let isMarked = task.isOpen && Urgency(due, clock: clock) == .overdue
    return isMarked ? text + "!" : text
  }

  /// What is not as with most tasks: that it is closed, waits, or has a conflict.
  private func state(_ task: TaskRecord) -> String {
    guard !isInConflict(task) else {
      return task.isDeleted
        ? "deleted, conflict" : task.isCompleted ? "done, conflict" : "conflict"
    }
    return task.isDeleted ? "deleted" : task.isCompleted ? done(task) : waiting(task)
  }

  private func isInConflict(_ task: TaskRecord) -> Bool {
    !inConflict.isEmpty && inConflict.contains(task.id)
  }

  private func done(_ task: TaskRecord) -> String {
    guard let at = task.completedAt else { return "done" }
    return "done \(HumanTime.short(.date(clock.zone.civil(of: at).date), clock))"
  }

  private func waiting(_ task: TaskRecord) -> String {
    guard task.isWaiting(at: clock), let wait = task.wait else { return "" }
    return "until \(HumanTime.short(wait, clock))"
  }

  private func widths(_ shown: [Column], _ cells: [Column: [Cell]]) -> [Column: Int] {
    var widths: [Column: Int] = [:]
    for column in shown {
      var width = column.title.utf8.count
      for cell in cells[column] ?? [] { width = max(width, cell.width) }
      if let columns { width = min(width, column.most(of: columns)) }
      // The first column stands off the edge.
      widths[column] = column == .number ? max(width, 3) : width
    }
    if let columns, let title = widths[.title] {
      let gaps = (shown.count - 1) * Self.gap.utf8.count
      let others = widths.values.reduce(gaps, +) - title
      widths[.title] = min(title, max(8, columns - others))
    }
    return widths
  }

  /// Whether titles are cut to less than a few words while other columns take the room.
  private func isTitleCramped(_ widths: [Column: Int], _ cells: [Column: [Cell]]) -> Bool {
    let wanted = (cells[.title] ?? []).reduce(0) { max($0, $1.width) }
    return widths[.title] ?? 0 < min(wanted, 24)
  }

  private func fit(
    _ cell: Cell, _ column: Column, _ widths: [Column: Int], isLast: Bool
  ) -> String {
    let width = widths[column] ?? 0
    let text =
      columns != nil && cell.width > width ? TextFit.truncate(cell.text, to: width) : cell.text
    return isLast ? text : TextFit.pad(text, to: width, alignRight: column.isRight)
  }

  private func paint(_ cell: String, _ column: Column, _ task: TaskRecord) -> String {
    guard style.isOn else { return cell }
    if column == .state, isInConflict(task) { return style.today(cell) }
    guard task.isOpen else { return style.faint(cell) }
    switch column {
    case .due, .title:
      switch Urgency(task.due, clock: clock) {
      case .overdue: return style.overdue(cell)
      case .today: return style.today(cell)
      case .later: return cell
      }
    case .priority: return task.priority == "H" ? style.strong(cell) : cell
    case .project: return style.place(cell)
    case .tags: return style.place(cell)
    case .number, .state: return style.faint(cell)
    }
  }
}

extension Grouping {
  /// The column that says the same as the headings.
  fileprivate var column: TaskTable.Column {
    switch self {
    case .project: .project
    case .priority: .priority
    }
  }
}

/// How near the day is on which something is due.
enum Urgency {
  case overdue
  case today
  case later

  init(_ due: Moment?, clock: Clock) {
    guard let due else {
      self = .later
      return
    }
    let deadline = due.deadline(in: clock.zone)
    if deadline < clock.now {
      self = .overdue
    } else {
      self = deadline <= clock.zone.endOfDay(clock.today) ? .today : .later
    }
  }
}
