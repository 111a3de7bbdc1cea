import TasksModel

/// A device's row, while changes are taken in.
final class IncomingDevice {
  let key: Int64
  private(set) var name: String
  private(set) var last: Int
  /// The change that was taken in last.
  private(set) var tip: ChangeID?
  /// How many were.
  private(set) var taken = 0
  /// Whether two of its changes were found to have one number.
  var isForked = false

  init(key: Int64, name: String, last: Int) {
    self.key = key
    self.name = name
    self.last = last
  }

  /// Notes that a change of the device is held from now on.
  func take(_ change: Change, _ id: ChangeID) {
    if change.sequence > last
      || change.sequence == last && UTF8Order.isLess(name, change.name)
    {
      last = change.sequence
      name = change.name
    }
    tip = id
    taken += 1
  }
}
