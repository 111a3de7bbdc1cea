/// How far two words are apart for somebody who types: Damerau–Levenshtein distance.
///
/// Counts letters put in, left out, replaced, or swapped with their neighbour; no letter is edited twice
/// (the "optimal string alignment" form), which is all that typing errors need.
func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left)
  let right = Array(right)
  // Three rows of the matrix: a swap looks back two.
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var distance = min(
        last[j + 1] + 1,
        row[j] + 1,
        last[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}

/// The candidate that the person most likely meant, the first of equals; nil when none is near enough.
///
/// One error is forgiven in a short word, one in every three letters of a longer one. A guess that shares no letter
/// with the word is none.
func nearest(to word: String, among candidates: [String]) -> String? {
  let typed = word.lowercased()
  let limit = max(1, typed.count / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where abs(candidate.count - typed.count) <= limit {
    let distance = editDistance(typed, candidate.lowercased())
    guard distance <= limit, distance < max(typed.count, candidate.count) else { continue }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}
