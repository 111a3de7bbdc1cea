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

  /// The greatest of the writes that count.
  package private(set) var winner: Write?
  /// The others, which most fields do not have; by name, so that one more costs the same however many there are.
  private var others: [Name: Write] = [:]

  /// Starts with writes that are known to count.
  package init(_ writes: [Write] = []) {
    for write in writes { add(write) }
  }

  /// Takes in an operation's write of this field.
  ///
  /// - Parameters:
  ///   - replaced: the operations that it names as replaced.
  ///   - isReplaced: whether an operation that came before it, and writes this field, names it as replaced.
  package mutating func take(_ write: Write, replacing replaced: Set<Name>, isReplaced: Bool) {
    if !others.isEmpty {
      if replaced.count <= others.count {
        for name in replaced { others[name] = nil }
      } else {
        for name in others.keys where replaced.contains(name) { others[name] = nil }
      }
    }
    if let shown = winner, replaced.contains(shown.name) {
      winner = others.values.max { $0.stamp < $1.stamp }
      if let next = winner { others[next.name] = nil }
    }
    if !isReplaced { add(write) }
  }

  private mutating func add(_ write: Write) {
    guard let shown = winner else {
      winner = write
      return
    }
    if shown.stamp < write.stamp {
      others[shown.name] = shown
      winner = write
    } else {
      others[write.name] = write
    }
  }

  package var count: Int { (winner == nil ? 0 : 1) + others.count }

  /// The writes that count, the greatest first.
  package var writes: [Write] {
    guard let winner else { return [] }
    return others.isEmpty ? [winner] : [winner] + others.values.sorted { $0.stamp > $1.stamp }
  }

  /// Whether writes with different values count.
  package var isInConflict: Bool {
    guard let winner else { return false }
    return others.values.contains { !UTF8Order.areEqual($0.value, winner.value) }
  }
}
