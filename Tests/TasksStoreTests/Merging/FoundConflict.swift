import TasksModel

/// An open conflict, as a device or the oracle lists it.
struct FoundConflict {
  /// One of the writes that nobody has replaced.
  struct Side: Hashable, Comparable, CustomStringConvertible {
    /// Canonical JSON.
    let value: UTF8Key
    let at: Int64
    let device: String
    /// The change's id; nil while it is not sealed.
    var change: String?

    static func < (lhs: Self, rhs: Self) -> Bool {
      (lhs.at, lhs.device, lhs.change ?? "", lhs.value)
        < (rhs.at, rhs.device, rhs.change ?? "", rhs.value)
    }

    var description: String { "\(value.text) at \(at) by \(device) in \(change?.prefix(6) ?? "-")" }
  }

  /// Empty in what the oracle lists: how the id is made is not its business.
  var id = ""
  let task: TaskID
  let field: Field
  var winner: Side
  var losers: [Side]

  /// All of it but the id, in an order that does not depend on who lists it.
  func text(withChanges: Bool = true) -> UTF8Key {
    var copy = self
    if !withChanges {
      copy.winner.change = nil
      for index in copy.losers.indices { copy.losers[index].change = nil }
    }
    let losers = copy.losers.sorted().map(\.description).joined(separator: "; ")
    return UTF8Key("\(task.text.suffix(2)) \(field.name): \(copy.winner) | \(losers)")
  }
}
