/// What the three shells offer alike, so that a word known to one of them is known to all.
enum CompletionVocabulary {
  /// The values that a date may have, apart from dates.
  static let dates =
    ["today", "tomorrow"]
    + ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    + ["eow", "eom", "none"]

  static let priorities = ["H", "M", "L", "none"]

  /// The beginnings of attribute words.
  static let attributes = ["project:", "priority:", "due:", "wait:"]

  /// The beginnings of words that a date follows, those of filters included.
  static let dateAttributes = ["due:", "due.before:", "due.after:", "wait:"]
}

extension OptionDeclaration {
  /// What to offer as its value: its choices, if it has any.
  var offered: Completion { choices.isEmpty ? completion : .words(choices) }

  /// The forms it can be typed in; one-letter forms only where they are not operands.
  func spellings(shorts: Bool) -> [String] {
    let short = shorts ? short.map { ["-\($0)"] } ?? [] : []
    return short + ["--\(long)"]
  }
}

extension CommandTable {
  /// The option that names the store, which completion must hand on.
  var storeOption: OptionDeclaration? {
    globals.first { $0.long == "store" && $0.value != nil }
  }
}

extension DashWords {
  /// The word that the scripts use for it.
  var word: String {
    switch self {
    case .options: "options"
    case .operandsIfLong: "operands-if-long"
    case .operands: "operands"
    }
  }
}
