import TasksModel

/// A task that operations are being merged into: what the store shows of it, and the fields they touch.
final class TaskState {
  /// One field: its writes as the store has them, and what the rule makes of them and the new ones.
  final class FieldState {
    let stored: [StoredWrite]
    var register: Register

    init(stored: [StoredWrite], register: Register) {
      self.stored = stored
      self.register = register
    }
  }

  /// A row of `writes`.
  struct StoredWrite {
    let operation: Int64
    let wins: Bool
  }

  /// An operation, in a place of its own: of most tasks that are gathered there is none here.
  final class Only {
    let operation: HeldOperation

    init(_ operation: HeldOperation) { self.operation = operation }
  }

  let key: Int64
  /// Whether the store does not have the task yet.
  let isNew: Bool
  /// What the store has of these.
  let stored: (number: Int?, closedAt: Instant?)
  /// As the store shows it, but for the fields touched.
  var projection: Projection
  /// The only operation on a new task, as long as it is that: what it writes is what the fields are.
  var only: Only?
  /// Otherwise the fields touched.
  var fields: [Field: FieldState] = [:]
  /// Whether there are new operations.
  var isTouched = false
  /// Whether all of its fields are merged from the beginning, whatever the store has of them.
  var isMergedAnew = false
  /// The earliest time of the new operations.
  var earliest = Instant.validRange.upperBound

  init(key: Int64, isNew: Bool, projection: Projection) {
    self.key = key
    self.isNew = isNew
    stored = (projection.number, projection.closedAt)
    self.projection = projection
  }

  /// Whether nothing is known of it but its id.
  var isUnwritten: Bool { isNew && only == nil && fields.isEmpty }

  /// Shows the winners of the fields touched.
  func showWinners() {
    var tags: [(tag: String, isThere: Bool)] = []
    func show(_ text: String, of field: Field, at: Instant) {
      let value = JSON(canonicalText: text)
      if let tag = field.tag {
        tags.append((tag, !value.isNull))
      } else {
        projection.show(value, of: field, at: at)
      }
    }
    if let operation = only?.operation {
      for write in operation.written { show(write.value, of: write.field, at: operation.stamp.at) }
    }
    for (field, state) in fields {
      guard let winner = state.register.winner else { continue }
      if state.stored.contains(where: { $0.wins && $0.operation == winner.name }) { continue }
      show(winner.value, of: field, at: winner.stamp.at)
    }
    projection.show(tags: tags)
  }

  /// When the task came into being, if a field touched says so, and it says something that makes sense.
  var creation: Instant? {
    if let operation = only?.operation {
      return operation.written.first { $0.field == .createdAt }.flatMap {
        Instant(creation: $0.value)
      }
    }
    return fields[.createdAt]?.register.creation
  }
}

extension Register {
  /// When a task came into being, if this is the field that says so, and it says something that makes sense.
  var creation: Instant? { winner.flatMap { Instant(creation: $0.value) } }
}

extension Instant {
  fileprivate init?(creation value: String) {
    guard let said = JSON(canonicalText: value).integerValue else { return nil }
    self.init(milliseconds: said)
    guard Instant.writtenRange.contains(self) else { return nil }
  }
}
