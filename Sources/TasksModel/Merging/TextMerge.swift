/// What a merge of two edits of one text came to.
///
/// The edits are merged by lines. Where both changed the same lines they are merged by words, so that two edits of one
/// long paragraph do not collide; only if they change the same words do those lines become an overlap:
///
/// ```
/// <<<<<<< laptop
/// Bring wine and bread.
/// =======
/// Bring beer and bread.
/// >>>>>>> phone
/// ```
///
/// In doubt it overlaps: a word changed by both, words with only white space between them, insertions at one place, a
/// deletion of what the other changed. What both changed in the same way does not. Everything is compared by its bytes.
package struct TextMerge: Sendable {
  /// The merged text; where the edits overlap, both versions between markers.
  package let text: String
  /// How many places overlap; 0 means the merge is clean.
  package let overlaps: Int

  /// Merges in time that is proportional to the size of the texts, however different they are.
  ///
  /// A clean merge is the same with the sides swapped. The names are put behind the markers as they are.
  package init(base: String, ours: String, theirs: String, names: (ours: String, theirs: String)) {
    var bytes: [UInt8] = []
    var overlaps = 0
    let versions = Stretch.Versions(
      base: Self.terminated(base), ours: Self.terminated(ours), theirs: Self.terminated(theirs))
    for stretch in Stretch.merging(versions, by: .lines) {
      switch stretch {
      case .settled(let lines):
        bytes += lines
      case .overlap(let versions):
        if let lines = Self.mergedByWords(versions) {
          bytes += lines
        } else {
          bytes += Self.marked(versions, names)
          overlaps += 1
        }
      }
    }
    // The one that `terminated` added.
    if bytes.last == CutText.lineFeed { bytes.removeLast() }
    text = String(decoding: bytes, as: UTF8.self)
    self.overlaps = overlaps
  }

  /// Returns the bytes of a text with a line feed behind them; none for no text, which has no lines.
  ///
  /// Line feeds *end* lines in what is merged, so a line appended to a text does not change the one before it, and a
  /// line feed that a text does end in is an empty last line, which is kept or lost like any other.
  private static func terminated(_ text: String) -> ArraySlice<UInt8> {
    var bytes = Array(text.utf8)
    if !bytes.isEmpty { bytes.append(CutText.lineFeed) }
    return bytes[...]
  }

  /// Returns the lines that come of merging by words, nil if edits of words overlap.
  ///
  /// A word that one side changes is unchanged on the other side, and so are the words before and after it. So an edit
  /// does not end up in a sentence that was written anew and has some word by chance.
  private static func mergedByWords(_ versions: Stretch.Versions) -> [UInt8]? {
    var bytes: [UInt8] = []
    for stretch in Stretch.merging(versions, by: .words) {
      guard case .settled(let words) = stretch else { return nil }
      bytes += words
    }
    return bytes
  }

  /// Returns both versions of some lines between markers, without the lines that both begin or end with.
  private static func marked(
    _ versions: Stretch.Versions, _ names: (ours: String, theirs: String)
  ) -> [UInt8] {
    var ours = lines(versions.ours)
    var theirs = lines(versions.theirs)
    var head: [ArraySlice<UInt8>] = []
    while let line = ours.first, line == theirs.first {
      head.append(line)
      ours.removeFirst()
      theirs.removeFirst()
    }
    var tail: [ArraySlice<UInt8>] = []
    while let line = ours.last, line == theirs.last {
      tail.append(line)
      ours.removeLast()
      theirs.removeLast()
    }
    let opening = Array("<<<<<<< \(names.ours)".utf8)[...]
    let middle = Array("=======".utf8)[...]
    let closing = Array(">>>>>>> \(names.theirs)".utf8)[...]
    let all = [head, [opening], Array(ours), [middle], Array(theirs), [closing], tail.reversed()]
    return all.joined().flatMap { $0 + [CutText.lineFeed] }
  }

  /// Returns the lines of terminated text, without the line feeds.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<ArraySlice<UInt8>> {
    bytes.split(separator: CutText.lineFeed, omittingEmptySubsequences: false).dropLast()
  }
}
