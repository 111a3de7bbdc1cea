/// The rule of merging: what one field of one task comes to, whatever the order in which its writes arrive.
///
/// A write counts until an operation that is held names it as replaced. Of those that count the one with the greatest
/// stamp is the value; others with a different value are an open conflict. Nothing else decides.
///
/// `Name` is what operations are called where the rule is applied.
package struct Register<Name: Hashable & Sendable>: Sendable {
  /// What one operation gave the field.
  package struct Write: Sendable {
    package let name: Name
    package let stamp: Stamp
    /// The value as canonical JSON text: two values are the same when their bytes are.
    package let value: String

    package init(name: Name, stamp: Stamp, value: String) {
      self.name = name
      self.stamp = stamp
      self.value = value
    }
  }

  /// The writes that count, the greatest first.
  package private(set) var writes: [Write]

  /// Starts with writes that are known to count.
  package init(_ writes: [Write] = []) {
    self.writes = writes.sorted { $0.stamp > $1.stamp }
  }

  /// Takes in an operation's write of this field.
  ///
  /// - Parameters:
  ///   - replaced: the operations that it names as replaced.
  ///   - isReplaced: whether an operation that came before it, and writes this field, names it as replaced.
  package mutating func take(_ write: Write, replacing replaced: Set<Name>, isReplaced: Bool) {
    if !replaced.isEmpty { writes.removeAll { replaced.contains($0.name) } }
    guard !isReplaced else { return }
    let place = writes.firstIndex { $0.stamp < write.stamp } ?? writes.endIndex
    writes.insert(write, at: place)
  }

  /// The write whose value is the field's.
  package var winner: Write? { writes.first }

  /// Whether writes with different values count.
  package var isInConflict: Bool {
    guard let winner else { return false }
    return writes.dropFirst().contains { !UTF8Order.areEqual($0.value, winner.value) }
  }
}
