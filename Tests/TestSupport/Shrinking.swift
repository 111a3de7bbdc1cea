/// Takes away from a list what it does not need for failing.
package enum Shrinking {
  /// Returns a list that fails too; first large parts are left out, then smaller ones, at last single elements.
  package static func shrink<Element>(
    _ list: [Element], fails: ([Element]) -> Bool
  ) -> [Element] {
    var list = list
    var length = max(1, list.count / 2)
    while true {
      var start = 0
      while start < list.count {
        var smaller = list
        smaller.removeSubrange(start..<min(start + length, list.count))
        if fails(smaller) { list = smaller } else { start += length }
      }
      if length == 1 { return list }
      length /= 2
    }
  }
}
