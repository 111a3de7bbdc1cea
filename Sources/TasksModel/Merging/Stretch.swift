/// A part of the merge of two edits of one text; one after the other they are all of it.
enum Stretch {
  /// What the merge comes to here: unchanged, changed by one side, or by both in the same way.
  case settled(ArraySlice<UInt8>)
  /// Both changed it, and differently.
  case overlap(Versions)

  /// The three versions of a text, or of one place in it.
  struct Versions {
    var base: ArraySlice<UInt8>
    var ours: ArraySlice<UInt8>
    var theirs: ArraySlice<UInt8>
  }

  /// Returns the three-way merge of pieces (diff3).
  ///
  /// Both edits are compared with the base. Changes that nothing unchanged keeps apart are one place, and whoever
  /// changed something there has it their way. Nothing depends on which side is which.
  static func merging(_ versions: Versions, by unit: CutText.Unit) -> [Self] {
    var numbers = CutText.Numbers()
    let base = CutText(versions.base, into: unit, numbers: &numbers)
    var ours = Side(CutText(versions.ours, into: unit, numbers: &numbers), editOf: base)
    var theirs = Side(CutText(versions.theirs, into: unit, numbers: &numbers), editOf: base)

    var stretches: [Self] = []
    var unchanged = 0
    while let start = [ours.nextChange, theirs.nextChange].compactMap({ $0 }).min() {
      stretches.append(.settled(base.bytes(of: unchanged..<start)))
      let oursStart = ours.position(of: start)
      let theirsStart = theirs.position(of: start)
      var end = start
      while ours.takeChange(near: &end, in: base) || theirs.takeChange(near: &end, in: base) {}
      let oursPieces = oursStart..<ours.position(of: end)
      let theirsPieces = theirsStart..<theirs.position(of: end)
      let before = base.numbers[start..<end]
      if theirs.text.numbers[theirsPieces] == before
        || theirs.text.numbers[theirsPieces] == ours.text.numbers[oursPieces]
      {
        stretches.append(.settled(ours.text.bytes(of: oursPieces)))
      } else if ours.text.numbers[oursPieces] == before {
        stretches.append(.settled(theirs.text.bytes(of: theirsPieces)))
      } else {
        stretches.append(
          .overlap(
            Versions(
              base: base.bytes(of: start..<end), ours: ours.text.bytes(of: oursPieces),
              theirs: theirs.text.bytes(of: theirsPieces))))
      }
      unchanged = end
    }
    stretches.append(.settled(base.bytes(of: unchanged..<base.numbers.count)))
    return stretches
  }
}

/// One of the two edits, and how many of its changes have been dealt with.
private struct Side {
  let text: CutText
  private var changes: ArraySlice<Diff.Change>
  /// How many pieces further on an unchanged piece of the base is found in this text.
  private var shift = 0

  init(_ text: CutText, editOf base: CutText) {
    self.text = text
    changes = base.changes(to: text)[...]
  }

  /// Where in the base the next change starts.
  var nextChange: Int? {
    changes.first?.old.lowerBound
  }

  /// Takes the next change if nothing keeps it apart from those up to `end`, which moves to its end.
  mutating func takeChange(near end: inout Int, in base: CutText) -> Bool {
    guard let change = changes.first else { return false }
    let start = change.old.lowerBound
    if start > end, base.keepApart(end..<start) { return false }
    changes.removeFirst()
    shift = change.new.upperBound - change.old.upperBound
    end = max(end, change.old.upperBound)
    return true
  }

  /// Where in this text that place of the base is, if all changes before it have been taken, and none after it.
  func position(of place: Int) -> Int {
    place + shift
  }
}
