import TasksModel
import TasksProgram

/// The order of a list as people write it: `due,-priority`.
enum SortWords {
  static func order(_ text: String) throws(Failure) -> [SortKey] {
    var keys: [SortKey] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let isDescending = word.hasPrefix("-")
      let name = String(isDescending ? word.dropFirst() : word)
      guard let field = SortField(rawValue: name) else {
        let names = SortField.allCases.map(\.rawValue)
        throw .usage(
          "cannot sort by '\(name)'", hint: "fields: \(names.joined(separator: ", "))")
      }
      guard !keys.contains(where: { $0.field == field }) else {
        throw .usage("'\(name)' is given twice as a field to sort by")
      }
      keys.append(SortKey(field, descending: isDescending))
    }
    return keys
  }
}
