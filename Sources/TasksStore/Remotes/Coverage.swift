import TasksModel

/// Which of the changes held are on a remote.
package struct Coverage: Equatable, Sendable {
  /// By the device's key: numbers, in ascending ranges that do not touch.
  private var numbers: [Int64: [ClosedRange<Int>]] = [:]
  /// The changes of forked devices, whose numbers do not tell, by their keys.
  private var changes: Set<Int64> = []

  package init() {}

  /// Takes in what a bundle holds that is on the remote.
  package mutating func add(_ span: HeldSpan, in store: Store) throws {
    if span.device.isForked {
      changes.formUnion(try store.chain(of: span) ?? [])
    } else {
      numbers[span.device.key, default: []].append(span.first...span.last)
    }
  }

  /// Puts the ranges in order; to be called when all are taken in.
  package mutating func settle() {
    for (device, ranges) in numbers { numbers[device] = Self.united(ranges) }
  }

  /// The numbers of a device's changes, from 1 on, that are not there.
  func gaps(of device: HeldDevice) -> [ClosedRange<Int>] {
    var gaps: [ClosedRange<Int>] = []
    var next = 1
    for range in numbers[device.key] ?? [] {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= device.last { gaps.append(next...device.last) }
    return gaps
  }

  /// Whether all changes of a stretch are there.
  package func contains(_ span: HeldSpan, in store: Store) throws -> Bool {
    if span.device.isForked {
      return try store.chain(of: span)?.allSatisfy(changes.contains) ?? false
    }
    return numbers[span.device.key]?.contains {
      $0.lowerBound <= span.first && span.last <= $0.upperBound
    } ?? false
  }

  /// Whether a change of a forked device is there.
  func contains(change key: Int64) -> Bool { changes.contains(key) }

  private static func united(_ ranges: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
    var united: [ClosedRange<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = united.last, range.lowerBound <= last.upperBound + 1 {
        united[united.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        united.append(range)
      }
    }
    return united
  }
}
