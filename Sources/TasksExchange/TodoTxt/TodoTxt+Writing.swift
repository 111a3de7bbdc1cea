import TasksModel

extension TodoTxt {
  /// Appends the line of a task.
  ///
  /// - Parameter isPlain: whether it goes without the `uid:` and `rev:` by which it is found again.
  static func append(
    _ task: TaskRecord, zone: Zone, isPlain: Bool, to bytes: inout [UInt8],
    _ omissions: inout Omissions
  ) {
    var content = TodoWords.Content()
    content.title = task.title ?? "(no title yet)"
    content.project = task.project
    content.tags = Set(task.tags)
    content.due = task.due
    content.wait = task.wait
    var text: String?
    var letter: String?
    for member in task.otherFields {
      let field = Field(member.key)
      switch (field, member.value) {
      case (textField, .string(let value)): text = value
      case (priorityField, .string(let value)): letter = value
      case (isNotCreated, _), (isNotCompleted, _): break
      case (_, .string(let value)) where member.key.hasPrefix(keyPrefix):
        content.keys[String(member.key.dropFirst(keyPrefix.count))] = value
      default: omissions.fields += 1
      }
    }
    if let priority = task.priority {
      letter = ["H": "A", "M": "B", "L": "C"][priority]
      if letter == nil { content.priority = priority }
    }
    if task.isCompleted { content.completedPriority = letter }

    let beginning = TodoLine.beginning(of: task, letter: letter, zone: zone)
    let words = self.words(
      of: content, as: text, behind: beginning, isCompleted: task.isCompleted, isPlain: isPlain,
      zone: zone)
    bytes += (beginning + words).utf8
    if !isPlain { bytes += " uid:\(task.id.text) rev:\(task.updatedAt)".utf8 }
    bytes.append(0x0A)
    if task.description != nil, content.title != text.flatMap(ForeignText.shortened) {
      omissions.descriptions += 1
    }
    omissions.notes += task.notes.count
  }

  /// The words as they stood in the file, if they still say the same; else in our order.
  static func words(
    of content: TodoWords.Content, as text: String?, behind beginning: String, isCompleted: Bool,
    isPlain: Bool, zone: Zone
  ) -> String {
    func says(_ words: String) -> Bool {
      let line = TodoLine(beginning + words)
      guard line.isCompleted == isCompleted, UTF8Order.areEqual(line.text, words) else {
        return false
      }
      var read = TodoWords(words, hasNames: !isPlain, isCompleted: isCompleted, zone: zone).content
      if read.title.isEmpty { read.title = words }
      return read == content
        || ForeignText.shortened(read.title).map { title in
          read.title = title
          return read == content
        } ?? false
    }
    if let text, says(text) { return text }
    let plain = TodoWords.text(of: content, names: !isPlain, zone: zone)
    let isLine = !plain.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    if isLine, isPlain || says(plain) { return plain }
    guard !isPlain else { return String(plain.map { $0.isNewline ? " " : $0 }) }
    var encoded = content
    encoded.title = "title:" + Percent.encoded(content.title)
    return TodoWords.text(of: encoded, names: true, zone: zone)
  }
}
