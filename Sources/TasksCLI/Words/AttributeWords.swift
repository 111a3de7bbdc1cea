import TasksArguments
import TasksModel
import TasksProgram

/// The words and options that say something about a task: `project:x`, `+tag`, `due:fri`, `--priority H`.
struct AttributeWords {
  private(set) var edits = Edits()
  /// The words that are no attributes, in order.
  private(set) var rest: [String] = []
  private let clock: Clock

  static let options = [title, description, project, tag, priority, due, wait]

  static let title = OptionDeclaration("title", value: "TEXT", help: "The title; one line.")
  static let description = OptionDeclaration(
    "description", short: "d", value: "TEXT",
    help: "The description; any number of lines, '-' to read them from standard input.")
  static let project = OptionDeclaration(
    "project", short: "p", value: "NAME",
    help: "The project; a dot makes a project within a project, as in home.garden.",
    completion: .stored(.projects))
  static let tag = OptionDeclaration(
    "tag", short: "t", value: "TAG", help: "A tag.",
    isRepeatable: true, completion: .stored(.tags))
  static let priority = OptionDeclaration(
    "priority", value: "H|M|L", help: "How urgent it is; none for no priority.",
    completion: .words(["H", "M", "L", "none"]))
  static let due = OptionDeclaration(
    "due", value: "WHEN", help: "When it has to be done; see DATES in tasks(1).",
    completion: .words(DateWords.common))
  static let wait = OptionDeclaration(
    "wait", value: "WHEN", help: "Hide it from the list until then; see DATES in tasks(1).",
    completion: .words(DateWords.common))

  /// Understands the operands and the options.
  ///
  /// - Parameter removesTags: whether `-tag` takes a tag away.
  init(
    _ operands: [ParsedArguments.Operand], _ arguments: ParsedArguments, removesTags: Bool,
    clock: Clock
  ) throws {
    self.clock = clock
    for operand in operands {
      if operand.isLiteral {
        rest.append(operand.text)
      } else if try !take(operand.text, removesTags: removesTags) {
        rest.append(operand.text)
      }
    }
    try take(arguments)
  }

  private mutating func take(_ arguments: ParsedArguments) throws {
    if let title = arguments.value(Self.title) { try edits.setTitle(title) }
    if let text = arguments.value(Self.description) {
      try edits.setDescription(text == "none" ? nil : try StandardInput.textIfDash(text))
    }
    if let name = arguments.value(Self.project) {
      try edits.setProject(AttributeWords.isNone(name) ? nil : name)
    }
    for tag in arguments.all(Self.tag) {
      try edits.addTag(tag.behind("+") ?? tag)
    }
    if let word = arguments.value(Self.priority) { try setPriority(word) }
    if let word = arguments.value(Self.due) { edits.setDue(try DateWords.moment(word, clock)) }
    if let word = arguments.value(Self.wait) { edits.setWait(try DateWords.moment(word, clock)) }
  }

  /// Takes a word if it has the form of an attribute.
  ///
  /// A new task has nothing to take away, so there `wait:` with nothing behind it is a word of the title.
  private mutating func take(_ word: String, removesTags: Bool) throws -> Bool {
    let hasBlanks = word.unicodeScalars.contains(where: \.properties.isWhitespace)
    if let tag = word.behind("+") {
      if hasBlanks { return false }
      try edits.addTag(tag)
      return true
    }
    if removesTags, let tag = word.behind("-") {
      if hasBlanks { return false }
      try edits.removeTag(tag)
      return true
    }
    guard let (key, value) = word.pair else { return false }
    guard removesTags || !value.isEmpty, value.first?.isWhitespace != true else { return false }
    switch key {
    case "project": try edits.setProject(AttributeWords.isNone(value) ? nil : value)
    case "priority": try setPriority(value)
    case "due": edits.setDue(try DateWords.moment(value, clock))
    case "wait": edits.setWait(try DateWords.moment(value, clock))
    default: return false
    }
    return true
  }

  private mutating func setPriority(_ word: String) throws {
    guard !AttributeWords.isNone(word) else {
      edits.setPriority(nil)
      return
    }
    edits.setPriority(try Priority(typed: word))
  }

  /// Whether a word takes a value away.
  static func isNone(_ word: String) -> Bool { word.isEmpty || word.lowercased() == "none" }
}

/// Signs are looked for as bytes: with a combining character behind it, `+` is another character to Swift.
extension String {
  /// What stands behind a sign that the text begins with; nil if it does not, or if nothing does.
  func behind(_ sign: Unicode.Scalar) -> String? {
    guard unicodeScalars.first == sign, unicodeScalars.count > 1 else { return nil }
    return String(unicodeScalars.dropFirst())
  }

  /// What stands before the first colon and behind it.
  var pair: (key: String, value: String)? {
    guard let colon = unicodeScalars.firstIndex(of: ":") else { return nil }
    return (
      String(unicodeScalars[..<colon]),
      String(unicodeScalars[unicodeScalars.index(after: colon)...])
    )
  }
}

extension Priority {
  /// Reads what a person typed.
  init(typed word: String) throws(Failure) {
    guard let priority = Priority(word: word) else {
      throw .usage("'\(word)' is no priority", hint: "priorities are H, M, L and none")
    }
    self = priority
  }
}
