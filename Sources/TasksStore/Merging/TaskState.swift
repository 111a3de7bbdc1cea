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

  let key: Int64
  /// Whether the store does not have the task yet.
  let isNew: Bool
  /// What the store has of these.
  let stored: (number: Int?, closedAt: Instant?)
  /// As the store shows it, but for the fields touched.
  var projection: Projection
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

  /// Shows the winners of the fields touched.
  func showWinners() {
    var tags: [(tag: String, isThere: Bool)] = []
    for (field, state) in fields {
      guard let winner = state.register.winner else { continue }
      if state.stored.contains(where: { $0.wins && $0.operation == winner.name }) { continue }
      let value = JSON(canonicalText: winner.value)
      projection.show(value, of: field, at: winner.stamp.at)
      if let tag = field.tag { tags.append((tag, !value.isNull)) }
    }
    projection.show(tags: tags)
  }
}

extension Register {
  /// When a task came into being, if this is the field that says so, and it says something that makes sense.
  var creation: Instant? {
    guard let said = winner.flatMap({ JSON(canonicalText: $0.value).integerValue }) else {
      return nil
    }
    let instant = Instant(milliseconds: said)
    return Instant.writtenRange.contains(instant) ? instant : nil
  }
}
