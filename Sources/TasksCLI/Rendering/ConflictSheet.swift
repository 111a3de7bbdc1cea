import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// Everything about one conflict, for people: every value whole.
struct ConflictSheet {
  let parts: ConflictLines

  private var clock: Clock { parts.clock }
  private var style: Style { parts.style }

  /// - Parameter successor: the conflict that it grew into, if it did.
  func lines(_ conflict: Conflict, successor: Conflict?) -> [String] {
    let heading = "\(visible(conflict.field.spoken)) of \(conflict.taskName)"
    var lines = wrap(heading, indent: 0).map(style.strong) + [""]
    lines += attribute("Conflict", conflict.id)
    lines += attribute("Task", conflict.taskID.text)
    lines += attribute("Found", dated(conflict.foundAt))
    if !conflict.isOpen { lines += attribute("Ended", ending(conflict, successor)) }
    lines += side("Shown", conflict.winner, of: conflict)
    for (index, loser) in conflict.losers.enumerated() {
      lines += side("Other \(index + 1)", loser, of: conflict)
      lines += difference(from: conflict.winner, to: loser, of: conflict)
    }
    if conflict.isOpen { lines += commands(conflict) }
    return lines
  }

  private func ending(_ conflict: Conflict, _ successor: Conflict?) -> String {
    if let ending = conflict.ending {
      return "\(parts.device(ending)) wrote \(parts.value(ending, of: conflict))"
        + " on \(HumanTime.full(ending.shownAt, clock))"
    }
    let other = successor.map { ": \($0.shortID)" } ?? ""
    return (conflict.endedAt.map { HumanTime.full($0, clock) + ", " } ?? "")
      + "it grew into another" + other
  }

  private func side(
    _ name: String, _ side: Conflict.Side, of conflict: Conflict
  ) -> [String] {
    var origin = "\(parts.device(side)), \(dated(side.shownAt))"
    if let change = side.change { origin += ", change:\(change.text.prefix(8))" }
    var lines = [""] + attribute(name, origin)
    if let text = SpokenValue(value: side.value, field: conflict.field).text {
      lines += paragraphs(text)
    } else {
      lines += wrap(parts.value(side, of: conflict), indent: 2).map { "  " + $0 }
    }
    return lines
  }

  /// What the other value would change, line by line; nothing if the texts have a line each.
  private func difference(
    from winner: Conflict.Side, to loser: Conflict.Side, of conflict: Conflict
  ) -> [String] {
    guard let old = SpokenValue(value: winner.value, field: conflict.field).text,
      let new = SpokenValue(value: loser.value, field: conflict.field).text
    else { return [] }
    let lines = LineDifference(from: old, to: new).lines(around: 1)
    guard !lines.isEmpty else { return [] }
    return ["", style.faint("Difference from what is shown")]
      + lines.flatMap { line in
        wrap(line.mark + visible(line.text, multiline: true), indent: 2).map { text in
          switch line.mark {
          case "-": "  " + style.removed(text)
          case "+": "  " + style.added(text)
          default: "  " + style.faint(text)
          }
        }
      }
  }

  private func commands(_ conflict: Conflict) -> [String] {
    let id = conflict.shortID
    var lines = [""] + attribute("Take", ConflictLines.taking(conflict), style.hint)
    lines += attribute("Keep", "tasks conflicts keep \(id)", style.hint)
    if ConflictMerge.isPossible(conflict.field) {
      lines += attribute("Merge", "tasks conflicts merge \(id)", style.hint)
    }
    return lines
  }

  // MARK: - Layout

  private static let labelWidth = 11

  private func attribute(
    _ name: String, _ value: String, _ paint: (String) -> String = { $0 }
  ) -> [String] {
    wrap(value, indent: Self.labelWidth).enumerated().map { index, part in
      let label = TextFit.pad(index == 0 ? name : "", to: Self.labelWidth - 1)
      return style.faint(label) + " " + paint(part)
    }
  }

  private func dated(_ instant: Instant) -> String {
    let age = HumanTime.age(since: instant, clock)
    return HumanTime.full(instant, clock) + " (\(age == "now" ? age : age + " ago"))"
  }

  private func paragraphs(_ text: String) -> [String] {
    visible(text, multiline: true).split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { line in wrap(String(line), indent: 2).map { $0.isEmpty ? "" : "  " + $0 } }
  }

  private func wrap(_ text: String, indent: Int) -> [String] {
    guard let columns = parts.columns else { return [text] }
    return TextFit.wrap(text, columns: max(10, columns - indent))
  }
}
