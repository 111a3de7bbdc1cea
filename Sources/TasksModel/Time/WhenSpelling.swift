/// Guesses which word of `WhenParser` somebody meant.
enum WhenSpelling {
  private static let words =
    ["today", "tomorrow", "yesterday", "none", "now", "eow", "eom", "eoy"]
    + Weekday.allCases.map(\.name)

  /// The text with its first word put right, nil if that is near no word or is one already.
  static func correction(of text: String) -> String? {
    let word = text.prefix { $0.isLetter }
    let letters = Array(word.unicodeScalars)
    guard (3...16).contains(letters.count) else { return nil }
    let limit = letters.count > 4 ? 2 : 1
    let nearest =
      words
      .map { (word: $0, distance: distance(letters, Array($0.unicodeScalars))) }
      .filter { (1...limit).contains($0.distance) }
      // Of equally near words, the one that starts alike: people seldom miss the first letter.
      .min { rank($0, letters) < rank($1, letters) }
    guard let nearest else { return nil }
    return nearest.word + text[word.endIndex...]
  }

  private static func rank(
    _ candidate: (word: String, distance: Int), _ letters: [Unicode.Scalar]
  ) -> Int {
    candidate.distance * 2 + (candidate.word.unicodeScalars.first == letters.first ? 0 : 1)
  }

  /// How many letters are missing, too many, wrong or swapped with their neighbour (optimal string alignment).
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
