/// The rule of merging: what one field of one task comes to, whatever the order in which its writes arrive.
///
/// A write counts until an operation that is held names it as replaced. Of those that count the one with the greatest
/// stamp is the value; others with a different value are an open conflict. Nothing else decides.
package struct Register: Sendable {
  /// What operations are called where the rule is applied.
  package typealias Name = Int64

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

  /// The writes that count, by name: however many there are, one more costs the same.
  private var current: [Name: Write] = [:]

  /// Starts with writes that are known to count.
  package init(_ writes: [Write] = []) {
    for write in writes { current[write.name] = write }
  }

  /// Takes in an operation's write of this field.
  ///
  /// - Parameters:
  ///   - replaced: the operations that it names as replaced.
  ///   - isReplaced: whether an operation that came before it, and writes this field, names it as replaced.
  package mutating func take(_ write: Write, replacing replaced: Set<Name>, isReplaced: Bool) {
    if replaced.count <= current.count {
      for name in replaced { current[name] = nil }
    } else {
      for name in current.keys where replaced.contains(name) { current[name] = nil }
    }
    if !isReplaced { current[write.name] = write }
  }

  /// The writes that count, the greatest first.
  package var writes: [Write] {
    current.count < 2 ? Array(current.values) : current.values.sorted { $0.stamp > $1.stamp }
  }

  package var count: Int { current.count }

  /// The write whose value is the field's.
  package var winner: Write? { current.values.max { $0.stamp < $1.stamp } }

  /// Whether writes with different values count.
  package var isInConflict: Bool {
    guard current.count > 1, let winner else { return false }
    return current.values.contains { !UTF8Order.areEqual($0.value, winner.value) }
  }
}
