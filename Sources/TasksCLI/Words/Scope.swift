import TasksArguments
import TasksModel
import TasksProgram

/// Which states of tasks a list shows.
enum Scope {
  /// Open tasks; those that wait only if the filter asks about waiting.
  static func usual(for filter: Filter) -> Filter {
    filter.asksAboutWaiting ? .open : .all([.open, .not(.waiting)])
  }

  /// The filter for the options given; nil if there are none.
  static func filter(_ arguments: ParsedArguments) throws(Failure) -> Filter? {
    let given = ListCommand.scopes.filter { arguments.has($0) }.map(\.long)
    guard given.count < 2 else {
      throw .usage("--\(given[0]) and --\(given[1]) exclude each other")
    }
    switch given.first {
    case "all": return .not(.deleted)
    case "completed": return .completed
    case "deleted": return .deleted
    case "waiting": return .all([.open, .waiting])
    default: return nil
    }
  }
}
