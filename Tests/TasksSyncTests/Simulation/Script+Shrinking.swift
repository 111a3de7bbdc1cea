import TestSupport

extension Script {
  /// A script that fails too and of which no single part can be left out.
  func shrunk(attempts: Int = 600, fails: (Script) -> Bool) -> Script {
    var script = self
    var rest = attempts
    func keep(_ smaller: Script) -> Bool {
      guard rest > 0 else { return false }
      rest -= 1
      guard fails(smaller) else { return false }
      script = smaller
      return true
    }
    var count = Int.max
    while script.events.count < count {
      count = script.events.count
      script.events = Shrinking.shrink(script.events) { events in
        var smaller = script
        smaller.events = events
        return keep(smaller)
      }
      while script.devices > 1 {
        var smaller = script
        smaller.devices -= 1
        if !keep(smaller) { break }
      }
      while script.remotes.count > 1 {
        var smaller = script
        smaller.remotes.removeLast()
        if !keep(smaller) { break }
      }
      for disk in script.disks {
        var smaller = script
        smaller.disks.remove(disk)
        _ = keep(smaller)
      }
    }
    return script
  }
}
