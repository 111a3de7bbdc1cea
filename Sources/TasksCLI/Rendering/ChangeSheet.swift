import TasksFormat
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// Everything about one change, for people.
struct ChangeSheet {
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// - Parameters:
  ///   - sealed: the change as it was sealed, which is the truth.
  ///   - operations: its operations with what they replaced, by their places in it.
  ///   - names: what its tasks are called.
  func lines(
    _ logged: LoggedChange, _ sealed: SealedChange, bundle: String,
    operations: [Int: LoggedOperation], names: [TaskID: (number: Int?, title: String?)]
  ) -> [String] {
    let change = sealed.change
    let clock = session.clock
    let labels = Labels(style: session.style, lines: Lines(columns: session.columns))
    var lines = labels.lines("Change", sealed.id.text, session.style.strong)
    lines += labels.lines("Device", "\(visible(change.name)) (\(change.device.text))")
    lines += labels.lines("Number", String(change.sequence))
    lines += labels.lines("After", change.previous?.text ?? "none")
    if let time = logged.time {
      let age = HumanTime.age(since: time, clock)
      lines += labels.lines(
        "Made", HumanTime.full(time, clock) + " (\(age == "now" ? age : age + " ago"))")
    }
    if let note = change.note {
      for (index, line) in visible(note, multiline: true).split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() { lines += labels.lines(index == 0 ? "Note" : "", String(line)) }
    }
    lines += labels.lines("File", bundle)
    guard logged.isKnown else {
      return lines + [""]
        + labels.lines.wrap("needs a newer tasks", indent: 0, paint: session.style.today)
    }
    return lines + tasks(change, operations, names)
  }

  /// The operations, task by task.
  private func tasks(
    _ change: Change, _ operations: [Int: LoggedOperation],
    _ names: [TaskID: (number: Int?, title: String?)]
  ) -> [String] {
    var order: [TaskID] = []
    var places: [TaskID: [Int]] = [:]
    for (place, operation) in change.operations.enumerated() {
      if places[operation.task] == nil { order.append(operation.task) }
      places[operation.task, default: []].append(place)
    }
    let entry = OperationEntry(session, indent: 2, ownName: "")
    let screen = Lines(columns: session.columns)
    var lines: [String] = []
    for task in order {
      let name = names[task]
      let number = name?.number.map(String.init) ?? task.short
      let title = screen.fit(
        visible(name?.title ?? "(no title yet)"), indent: number.utf8.count + 1)
      lines += ["", session.style.faint(number) + " " + session.style.strong(title)]
      for place in places[task] ?? [] {
        if let operation = operations[place] {
          lines += entry.brief(operation)
        } else {
          let kind = visible(change.operations[place].kind)
          lines += screen.wrap("\(kind): needs a newer tasks", indent: 2)
        }
      }
    }
    return lines
  }
}
