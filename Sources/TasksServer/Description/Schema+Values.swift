import TasksModel

// The values that tasks are made of, as clients write them and as they are answered.
extension Schema {
  static let uuid = string(.uuid)
  static let date = string(.date)
  static let dateTime = string(.dateTime)
  static let moment = oneOf([date, dateTime])

  static let title = string(.line, length: 1...EntryRules.longestTitle)
  static let project = string(.line, length: 1...EntryRules.longestName)
  static let tag = string(.tag, length: 1...EntryRules.longestName)
  static let priority = component("Priority", choice(Priority.allCases.map(\.rawValue)))
  /// `EntryRules.longestText` is in bytes, which a schema cannot count.
  ///
  /// A quarter as many scalars always fit in, so this is what the API takes; a longer text can be written with the
  /// command line.
  static let longText = string(.text, length: 0...longestText)
  static let noteText = string(.someText, length: 1...longestText)
  static let longestText = EntryRules.longestText / 4

  /// A name that is somebody else's business: a note's, a client's.
  static func name(upTo length: Int) -> Schema { string(.text, length: 1...length) }
}
