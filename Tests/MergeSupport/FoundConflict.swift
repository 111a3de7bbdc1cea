package import TasksModel

/// An open conflict, as a device or the oracle lists it.
package struct FoundConflict {
  /// One of the writes that nobody has replaced.
  package struct Side: Hashable, Comparable, CustomStringConvertible {
    /// Canonical JSON.
    package let value: UTF8Key
    package let at: Int64
    package let device: String
    /// The change's id; nil while it is not sealed.
    package var change: String?

    package init(value: UTF8Key, at: Int64, device: String, change: String? = nil) {
      self.value = value
      self.at = at
      self.device = device
      self.change = change
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
      (lhs.at, lhs.device, lhs.change ?? "", lhs.value)
        < (rhs.at, rhs.device, rhs.change ?? "", rhs.value)
    }

    package var description: String {
      "\(value.text) at \(at) by \(device) in \(change?.prefix(6) ?? "-")"
    }
  }

  /// Empty in what the oracle lists: how the id is made is not its business.
  package var id = ""
  package let task: TaskID
  package let field: Field
  package var winner: Side
  package var losers: [Side]

  package init(id: String = "", task: TaskID, field: Field, winner: Side, losers: [Side]) {
    self.id = id
    self.task = task
    self.field = field
    self.winner = winner
    self.losers = losers
  }

  /// All of it but the id, in an order that does not depend on who lists it.
  package func text(withChanges: Bool = true) -> UTF8Key {
    var copy = self
    if !withChanges {
      copy.winner.change = nil
      for index in copy.losers.indices { copy.losers[index].change = nil }
    }
    let losers = copy.losers.sorted().map(\.description).joined(separator: "; ")
    return UTF8Key("\(task.text.suffix(2)) \(field.name): \(copy.winner) | \(losers)")
  }
}
