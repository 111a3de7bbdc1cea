import TasksArguments
import TasksModel

/// One command: what it is called and takes, and what it does.
///
/// First the words are checked and understood, without looking at the store; then it runs.
protocol Command: Sendable {
  static var declaration: CommandDeclaration { get }

  /// Understands what the person typed; throws if it makes no sense.
  init(_ arguments: ParsedArguments, clock: Clock) throws

  func run(in session: Session) throws
}
