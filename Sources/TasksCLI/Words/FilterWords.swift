import TasksArguments
import TasksModel
import TasksProgram

/// The words that say which tasks are meant: `project:home`, `+tag`, `due.before:fri`, `milk`, `or`.
struct FilterWords {
  /// What the words mean together; the words that are no attributes are searched for.
  let filter: Filter

  /// Understands the words; `or` between them separates alternatives.
  init(_ operands: [ParsedArguments.Operand], clock: Clock) throws(Failure) {
    var alternatives: [Filter] = []
    var conditions: [Filter] = []
    var words: [String] = []

    func close() throws(Failure) {
      if !words.isEmpty { conditions.append(.text(words.joined(separator: " "))) }
      guard !conditions.isEmpty else {
        throw .usage("'or' stands between two conditions", hint: "for the word itself: -- or")
      }
      alternatives.append(.all(conditions))
      (conditions, words) = ([], [])
    }

    let count = operands.reduce(0) { $0 + $1.text.split(whereSeparator: \.isWhitespace).count }
    guard count <= FilterWords.most else {
      throw .usage("a filter has at most \(FilterWords.most) words")
    }
    for operand in operands {
      if operand.isLiteral {
        words.append(operand.text)
      } else if operand.text == "or" {
        try close()
      } else if let condition = try FilterWords.condition(operand.text, clock) {
        conditions.append(condition)
      } else {
        words.append(operand.text)
      }
    }
    if operands.isEmpty {
      filter = .all([])
      return
    }
    try close()
    filter = alternatives.count == 1 ? alternatives[0] : .any(alternatives)
  }

  private static let most = 300

  private static func condition(_ word: String, _ clock: Clock) throws(Failure) -> Filter? {
    if let tag = word.behind("+") { return .tag(tag) }
    if let tag = word.behind("-") { return .not(.tag(tag)) }
    guard let (key, value) = word.pair else { return nil }
    let isNone = AttributeWords.isNone(value)
    switch key {
    case "project": return .project(isNone ? nil : value)
    case "tag": return isNone ? .not(.tagged) : .tag(value)
    case "priority":
      return .priority(isNone ? nil : try Priority(typed: value).rawValue)
    case "due": return .due(try on(value, clock))
    case "due.before": return .due(.before(try edge(value, clock, isBefore: true)))
    case "due.after": return .due(.after(try edge(value, clock, isBefore: false)))
    case "wait": return .wait(try on(value, clock))
    case "wait.before": return .wait(.before(try edge(value, clock, isBefore: true)))
    case "wait.after": return .wait(.after(try edge(value, clock, isBefore: false)))
    case let key where key.hasPrefix("due.") || key.hasPrefix("wait."):
      throw .usage("'\(key):' is no filter", hint: "there are due:, due.before: and due.after:")
    default:
      if let hint = ForeignWords.attribute(word) {
        throw .usage("'\(word)' is no filter", hint: "\(hint); to search for it: -- \(word)")
      }
      return nil
    }
  }

  /// The day that is meant; an instant means the day it is in.
  private static func on(_ word: String, _ clock: Clock) throws(Failure) -> DueTest {
    switch word.lowercased() {
    case "any": return .any
    case "overdue": return .before(clock.now)
    default: break
    }
    switch try DateWords.moment(word, clock) {
    case nil: return .none
    case .date(let date): return .on(date)
    case .instant(let instant): return .on(clock.zone.civil(of: instant).date)
    }
  }

  /// A moment to compare with: before a date is before it begins, after a date is after it ends.
  private static func edge(
    _ word: String, _ clock: Clock, isBefore: Bool
  ) throws(Failure) -> Instant {
    guard let moment = try DateWords.moment(word, clock) else {
      throw .usage("'\(word)' is no date to compare with", hint: "tasks without a date: due:none")
    }
    return isBefore ? moment.start(in: clock.zone) : moment.deadline(in: clock.zone)
  }
}
