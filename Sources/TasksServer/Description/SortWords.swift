package import TasksModel

/// The order of a list as the `sort` parameter says it: `due,-priority`.
package enum SortWords {
  /// Nil if a word is no field, or none is there; a field that is named again is passed over.
  package static func keys(_ text: String) -> [SortKey]? {
    var keys: [SortKey] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let isDescending = word.utf8.first == UInt8(ascii: "-")
      // By bytes: `SortField(rawValue:)` compares as Swift strings do.
      let name = isDescending ? Substring(word.utf8.dropFirst()) : word
      guard
        let field = SortField.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) })
      else { return nil }
      if !keys.contains(where: { $0.field == field }) {
        keys.append(SortKey(field, descending: isDescending))
      }
    }
    return keys
  }
}
