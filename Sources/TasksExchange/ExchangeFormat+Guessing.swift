import TasksModel

extension ExchangeFormat {
  /// What a file seems to be; nil if it is no text.
  package static func guess(from bytes: [UInt8]) -> ExchangeFormat? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = bytes[start...].firstIndex(where: { !isBlank($0) }) else {
      return .jsonLines
    }
    if bytes[first] == UInt8(ascii: "{") || bytes[first] == UInt8(ascii: "[") {
      // A line of todo.txt may begin with a bracket, but not with an object.
      if bytes[first] == UInt8(ascii: "{") || isList(bytes, behind: first) {
        return json(bytes)
      }
    }
    // A byte that no text has, or a character cut in two anywhere but at the end of what is looked at.
    var head = bytes[first..<min(first + 65_536, bytes.count)]
    guard head.allSatisfy({ $0 >= 0x09 && ($0 < 0x0E || $0 == 0x1B || $0 >= 0x20) }) else {
      return nil
    }
    if head.endIndex < bytes.count {
      while let last = head.last, last & 0xC0 == 0x80 { head.removeLast() }
      if let last = head.last, last >= 0xC0 { head.removeLast() }
    }
    guard String(validating: head, as: UTF8.self) != nil else { return nil }
    let end = head.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? head.endIndex
    let line = String(decoding: head[..<end], as: UTF8.self).trimmingWhitespace()
    switch line.uppercased() {
    case "BEGIN:VCALENDAR", "BEGIN:VTODO": return .ics
    default: return CSVTasks.isHeader(line) ? .csv : .todoTxt
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func isList(_ bytes: [UInt8], behind bracket: Int) -> Bool {
    guard let next = bytes[(bracket + 1)...].first(where: { !isBlank($0) }) else { return true }
    return next == UInt8(ascii: "{") || next == UInt8(ascii: "]") || next == UInt8(ascii: "[")
  }

  /// Whose objects these are, by the first that can be read.
  private static func json(_ bytes: [UInt8]) -> ExchangeFormat {
    let elements = JSONElements(bytes)
    for element in elements.prefix(10) {
      guard let value = try? elements.value(of: element) else { continue }
      if value["uuid"] != nil { return .taskwarrior }
      if value["title"] != nil { return .jsonLines }
    }
    return .taskwarrior
  }
}
