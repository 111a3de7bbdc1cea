import TasksModel

/// Finds the to-dos of a calendar, and reads past all else.
struct CalendarReader {
  /// A to-do as its lines say it.
  struct Component {
    /// Where it begins.
    let line: Int
    var lines: [CalendarLine] = []
    /// What stands inside it, such as alarms, as it is.
    var inner: [String] = []
    var length = 0
    var problem: RefusedRecord?
  }

  private let file: ForeignFile
  private var component: Component?
  /// The parts inside the to-do that have begun.
  private var depth = 0

  init(_ file: ForeignFile) { self.file = file }

  mutating func read(_ each: (Component, Int) throws -> Void) throws {
    var logical: [UInt8] = []
    var first = 0
    var last = 0
    try TextLines.forEach(file) { line, offset, bytes in
      if let mark = bytes.first, mark == 0x20 || mark == 0x09 {
        // No more than is needed to see that it is too much.
        if logical.count <= file.longestRecord { logical += bytes.dropFirst() }
      } else {
        try take(logical, first, last, each)
        logical = Array(bytes)
        first = line
      }
      last = offset
    }
    try take(logical, first, last, each)
    if component != nil { try finish(.unfinished, last, each) }
  }

  private mutating func take(
    _ bytes: [UInt8], _ number: Int, _ offset: Int, _ each: (Component, Int) throws -> Void
  ) throws {
    guard !bytes.isEmpty else { return }
    let text = String(validating: bytes, as: UTF8.self)
    let mark = (text ?? "").trimmingWhitespace().uppercased()
    if mark == "BEGIN:VTODO" {
      if component != nil { try finish(.unfinished, offset, each) }
      component = Component(line: number)
      depth = 0
      return
    }
    guard component != nil else { return }
    if mark == "END:VTODO" {
      try finish(depth == 0 ? nil : .unfinished, offset, each)
    } else if mark == "END:VCALENDAR" {
      try finish(.unfinished, offset, each)
    } else {
      add(text, bytes, mark)
    }
  }

  private mutating func add(_ text: String?, _ bytes: [UInt8], _ mark: String) {
    component?.length += bytes.count
    guard component?.problem == nil else { return }
    guard (component?.length ?? 0) <= file.longestRecord else {
      component?.problem = .tooLong(limit: file.longestRecord)
      return
    }
    guard let text, !bytes.contains(0) else {
      component?.problem = .notText
      return
    }
    if mark.hasPrefix("BEGIN:") { depth += 1 }
    if depth > 0 {
      component?.inner.append(text)
      if mark.hasPrefix("END:") { depth -= 1 }
    } else if let line = CalendarLine(text) {
      component?.lines.append(line)
    } else if !mark.isEmpty {
      component?.problem = .notAProperty(String(text.prefix(40)))
    }
  }

  private mutating func finish(
    _ problem: RefusedRecord?, _ offset: Int, _ each: (Component, Int) throws -> Void
  ) throws {
    guard var found = component else { return }
    component = nil
    found.problem = found.problem ?? problem
    try each(found, offset)
  }
}
