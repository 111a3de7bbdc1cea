import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// An operation on a task, for people: when, who, what, and from what to what.
struct OperationEntry {
  private let lines: Lines
  private let fields: FieldLines
  private let clock: Clock
  private let style: Style
  /// What this device is called.
  private let ownName: String

  /// - Parameter indent: how far the lines stand off the edge.
  init(_ session: Session, indent: Int = 0, ownName: String) {
    lines = Lines(columns: session.columns)
    clock = session.clock
    style = session.style
    fields = FieldLines(session, indent: indent + 2, longText: .inBrief)
    self.ownName = ownName
  }

  func lines(_ operation: LoggedOperation) -> [String] {
    let word = HistoryWords.word(operation.kind, operation.fields)
    let change = operation.change
    let device = change == nil ? ownName : operation.deviceName ?? operation.device.text
    let place =
      change.map { Lines.Part(String($0.text.prefix(8)), style.faint) }
      ?? Lines.Part("not committed", style.today)
    return lines.flow([
      .init(HumanTime.full(operation.madeAt, clock)), .init(visible(device)),
      .init(word.text, style.strong), place,
    ]) + fields.lines(operation.fields.filter { $0.field != word.told })
  }

  /// The same where device and change are known already.
  func brief(_ operation: LoggedOperation) -> [String] {
    let word = HistoryWords.word(operation.kind, operation.fields)
    return lines.flow([
      .init("  " + HumanTime.full(operation.madeAt, clock)), .init(word.text, style.strong),
    ]) + fields.lines(operation.fields.filter { $0.field != word.told })
  }
}
