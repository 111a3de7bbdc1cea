package import TasksFormat
import TasksModel

/// The changes that a remote lacks, as bundles, made one after the other.
///
/// A bundle holds one device's changes, each of which follows the one before it.
package final class Outbox {
  private let store: Store
  private let lines: ChangeLines
  private let coverage: Coverage
  private let batch: Int
  private var devices: ArraySlice<HeldDevice>
  /// What is still to be read of the device that stands first.
  private var gaps: ArraySlice<ClosedRange<Int>>?
  /// Changes that were read and have not been sent.
  private var waiting: ArraySlice<HeldChange> = []
  /// How many changes are read at once.
  private static let page = 1_000

  /// - Parameter batch: how many changes a bundle holds at most.
  package init(_ store: Store, lacking coverage: Coverage, batch: Int) throws {
    self.store = store
    lines = ChangeLines(store)
    self.coverage = coverage
    self.batch = batch
    devices = try store.heldDevices()[...]
  }

  /// The next bundle, and what it is in this store; nil if the remote lacks nothing more.
  package func next() throws -> (bundle: Bundle, span: HeldSpan)? {
    guard let device = try advance(), let first = waiting.first else { return nil }
    var writer = BundleWriter()
    var last: HeldChange?
    while writer.count < batch, let change = try peek(),
      try last.map({ try follows(change, $0, device) }) ?? true
    {
      guard try writer.append(lines.change(change)) else { break }
      waiting.removeFirst()
      last = change
    }
    guard let last else { return nil }
    return (
      try writer.finish(), HeldSpan(device: device, first: first.sequence, tip: last)
    )
  }

  /// The next change by itself; nil if the remote lacks nothing more.
  func nextChange() throws -> SealedChange? {
    guard try advance() != nil, let change = waiting.popFirst() else { return nil }
    return try lines.change(change)
  }

  /// The next change of the same device.
  private func peek() throws -> HeldChange? {
    if waiting.isEmpty { try read() }
    return waiting.first
  }

  /// Goes to the next device that has something to send, unless this one still has.
  private func advance() throws -> HeldDevice? {
    while let device = devices.first {
      if try peek() != nil { return device }
      devices.removeFirst()
      gaps = nil
    }
    return nil
  }

  /// Reads changes of the device that stands first; none if nothing is left of it.
  private func read() throws {
    guard let device = devices.first else { return }
    var rest = gaps ?? (device.isForked ? [1...device.last] : coverage.gaps(of: device)[...])
    while waiting.isEmpty, let gap = rest.popFirst() {
      var found = try store.changes(of: device, in: gap, limit: Self.page)
      if found.count == Self.page, let last = found.last?.sequence {
        // There may be more of the last number.
        let whole = found.prefix { $0.sequence < last }
        if !whole.isEmpty { found = Array(whole) }
        let next = (found.last?.sequence ?? last) + 1
        if next <= gap.upperBound { rest = [next...gap.upperBound] + rest }
      }
      if device.isForked { found.removeAll { coverage.contains(change: $0.key) } }
      waiting = found[...]
    }
    gaps = rest
  }

  /// Whether a change is known to follow another, with nothing of the same number beside either.
  private func follows(
    _ change: HeldChange, _ previous: HeldChange, _ device: HeldDevice
  ) throws -> Bool {
    guard change.sequence == previous.sequence + 1,
      try !store.isAbsent(previous.sequence, of: device)
    else { return false }
    guard device.isForked else { return true }
    return try store.changes(of: device, numbered: change.sequence).count == 1
      && store.changes(of: device, numbered: previous.sequence).count == 1
  }
}

extension Store {
  /// Changes of a device by their numbers.
  fileprivate func changes(
    of device: HeldDevice, in numbers: ClosedRange<Int>, limit: Int
  ) throws(StoreError) -> [HeldChange] {
    try connection.all(
      """
      SELECT key, id, seq FROM changes WHERE device = ? AND seq BETWEEN ? AND ?
      ORDER BY seq, id LIMIT ?
      """, .integer(device.key), .integer(Int64(numbers.lowerBound)),
      .integer(Int64(numbers.upperBound)), .integer(Int64(limit)),
      read: {
        HeldChange(
          key: $0.integer(0), id: ChangeID(trusted: $0.text(1)), sequence: Int($0.integer(2)))
      })
  }
}

extension Store {
  /// The changes of a stretch in one bundle; nil if one cannot hold them.
  package func bundle(of span: HeldSpan) throws -> Bundle? {
    let lines = ChangeLines(self)
    var writer = BundleWriter()
    for change in try changes(of: span.device, in: span.first...span.last, limit: .max) {
      guard try writer.append(lines.change(change)) else { return nil }
    }
    return try writer.finish()
  }
}
