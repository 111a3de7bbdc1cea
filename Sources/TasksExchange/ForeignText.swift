import TasksModel

/// What all formats have in common: titles and tags as other programs allow them.
enum ForeignText {
  /// Sets the title.
  ///
  /// One that is too long for a title, or several lines: its beginning is the title, and all of it the description.
  static func setTitle(
    _ text: String?, named name: String, in edits: inout Edits
  ) throws(RefusedRecord) {
    guard let text else { throw .missing(name) }
    do throws(EntryError) {
      try edits.setTitle(text)
    } catch {
      guard !text.utf8.contains(0) else { throw .unexpected(name) }
      guard let title = shortened(text) else { throw .missing(name) }
      edits.set(.title, to: .string(title))
      edits.set(.description, to: .string(text.trimmingWhitespace()))
    }
  }

  /// The title of a text that is none; nil if it is one.
  static func shortened(_ text: String) -> String? {
    let whole = text.trimmingWhitespace()
    guard !whole.isEmpty, (try? EntryRules.title(whole)) == nil else { return nil }
    let line =
      whole.unicodeScalars.split(whereSeparator: isLineEnd).first ?? whole.unicodeScalars[...]
    let title = String(String.UnicodeScalarView(line.prefix(EntryRules.longestTitle)))
    return title.trimmingWhitespace()
  }

  /// The whole of which the title is the beginning, if the description is that.
  static func whole(of task: TaskRecord) -> String? {
    guard let title = task.title, let description = task.description,
      let beginning = shortened(description), UTF8Order.areEqual(beginning, title)
    else { return nil }
    return description
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    (0x0A...0x0D).contains(scalar.value) || [0x85, 0x2028, 0x2029].contains(scalar.value)
  }

  /// A tag, which has no blanks here; nil if nothing is left.
  static func tag(_ text: String) -> String? {
    // By scalars: a blank behind a character that joins the next is no white space to Swift.
    let scalars = text.unicodeScalars
    var word = text
    if scalars.contains(where: \.isBlank) {
      word = scalars.split(whereSeparator: \.isBlank).map(String.init).joined(separator: "_")
    }
    return word.isEmpty ? nil : word
  }

  static func instant(_ text: String, _ name: String) throws(RefusedRecord) -> Instant {
    guard let instant = Instant(basic: text) ?? Instant(iso: text),
      Instant.validRange.contains(instant)
    else { throw .notATime(name, text) }
    return instant
  }
}

/// What a file does not hold of the tasks that were written to it.
package struct Omissions: Hashable, Sendable {
  package var descriptions = 0
  package var notes = 0
  package var fields = 0

  package init() {}
}
