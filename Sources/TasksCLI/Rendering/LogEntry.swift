import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// A change in the log, for people.
struct LogEntry {
  /// How many tasks of a change are shown.
  static let mostTasks = 5

  let lines: Lines
  private let clock: Clock
  private let style: Style

  init(_ session: Session) {
    lines = Lines(columns: session.columns)
    clock = session.clock
    style = session.style
  }

  func lines(_ change: LoggedChange, _ done: (tasks: [LoggedTask], more: Int)) -> [String] {
    var parts = [Lines.Part(String(change.id.text.prefix(8)), style.faint)]
    if let time = change.time { parts.append(.init(HumanTime.full(time, clock))) }
    parts.append(.init(visible(change.deviceName ?? change.device.text)))
    var result = lines.flow(parts)
    if let note = change.note {
      let spoken = SpokenValue(value: .string(note), field: Field("note"))
      result += lines.wrap(spoken.line(clock), indent: 2)
    }
    guard change.isKnown else {
      return result + lines.wrap("needs a newer tasks", indent: 2, paint: style.today)
    }
    for task in done.tasks {
      result.append(
        lines.task(
          HistoryWords.sign(isNew: task.isNew, isDeleted: task.isDeleted), number: task.number,
          id: task.id, title: task.title, words: HistoryWords.summary(task), indent: 2,
          style: style))
    }
    if done.more > 0 { result.append("  and \(done.more) more") }
    return result
  }
}

extension LoggedChange {
  /// When it was made, for people; nil for one of a later version, which says so in a way not known here.
  var time: Instant? { madeAt ?? (isKnown ? at : nil) }
}
