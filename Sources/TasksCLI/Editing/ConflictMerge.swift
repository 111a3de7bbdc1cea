import TasksModel
import TasksProgram
import TasksStore

/// The texts of a conflict as one: merged where the edits do not overlap, and between markers where they do.
struct ConflictMerge {
  /// What to begin with.
  let text: String
  /// How many places a person must settle.
  let overlaps: Int
  private let field: Field
  /// The note that gets the text, with all else that it holds.
  private let note: JSON?
  /// The lines of the versions, which are no markers whatever they look like.
  private let known: Set<UTF8Key>

  /// Whether the field holds text of people.
  static func isPossible(_ field: Field) -> Bool {
    field == .title || field == .description || field.noteID != nil
  }

  /// Throws if a value is no text.
  init(_ material: MergeMaterial, _ parts: ConflictLines) throws(Failure) {
    let conflict = material.conflict
    field = conflict.field
    let isPossible = Self.isPossible(conflict.field)
    var texts: [String] = []
    for version in material.versions {
      let value = version.side.value
      let text = value.isNull ? "" : SpokenValue(value: value, field: conflict.field).text
      guard isPossible, let text else {
        throw .usage(
          "only texts can be merged, and this is \(conflict.field.spoken)",
          hint: "tasks conflicts take \(conflict.shortID), or keep")
      }
      texts.append(text)
    }
    note = material.versions.map(\.side.value).first { $0.objectValue != nil }
    known = Set(texts.flatMap(Self.lines).map(UTF8Key.init))
    var text = texts[0]
    var name = parts.origin(material.versions[0].side)
    var overlaps = 0
    for (index, version) in material.versions.enumerated().dropFirst() {
      let base = version.base.flatMap { SpokenValue(value: $0, field: conflict.field).text }
      let merge = TextMerge(
        base: base ?? "", ours: text, theirs: texts[index],
        names: (name, parts.origin(version.side)))
      text = merge.text
      overlaps += merge.overlaps
      name = "those before"
    }
    self.text = text
    self.overlaps = overlaps
  }

  /// The field's value with the text that a person made of it.
  func value(from edited: String) throws -> JSON {
    let lines = Self.lines(edited)
    if let marker = lines.first(where: isMarker) {
      throw Failure.usage(
        "the text still has a marker: \(marker)",
        hint: "take out the lines that begin with <<<<<<<, ======= and >>>>>>>")
    }
    let text = lines.joined(separator: "\n")
    guard !text.trimmingWhitespace().isEmpty else {
      throw Failure.usage(
        "the text is empty, so nothing was changed",
        hint: "to have one of the values: tasks conflicts take, or keep")
    }
    if field == .title { return .string(try EntryRules.title(text)) }
    let field = field == .description ? field : Field("note")
    let trimmed = JSON.string(try EntryRules.longText(text, field: field) ?? "")
    guard let members = note?.objectValue else { return trimmed }
    return .object(members.map { $0.key == "text" ? JSON.Member("text", trimmed) : $0 })
  }

  private func isMarker(_ line: String) -> Bool {
    guard !known.contains(UTF8Key(line)) else { return false }
    return line == "=======" || line.hasPrefix("<<<<<<< ") || line.hasPrefix(">>>>>>> ")
  }

  /// The lines; the return before a line feed, which is one character with it, is no part of them.
  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }
}
