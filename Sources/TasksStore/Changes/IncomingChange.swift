import TasksFormat
import TasksModel

/// A change that is to be taken in, with what can be worked out of it without the store.
final class IncomingChange: Sendable {
  let id: ChangeID
  let change: Change
  /// Those that get keys.
  let operations: [IncomingOperation]

  init(_ sealed: SealedChange) {
    id = sealed.id
    change = sealed.change
    operations = sealed.change.operationsThatCount.map(IncomingOperation.init)
  }
}

/// An operation of a change that is to be taken in.
final class IncomingOperation: Sendable {
  let operation: Operation
  /// What it writes; nil if it writes nothing.
  let written: [WrittenField]?
  /// The fields it sets, as JSON text.
  let fields: String

  init(_ operation: Operation) {
    self.operation = operation
    written = operation.written.map([WrittenField].init)
    fields = operation.fields.map { JSON.object($0).canonicalText } ?? ""
  }
}
