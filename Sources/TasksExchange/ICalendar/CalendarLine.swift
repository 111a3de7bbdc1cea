import TasksModel

/// A line of a calendar: a name, parameters, and a value (RFC 5545, section 3.1).
struct CalendarLine: Hashable {
  /// In capitals.
  let name: String
  /// All that stands behind the name: the parameters, the colon and the value.
  let rest: String
  private let colon: String.Index

  /// Nil if it is no `NAME;PARAMETER=value:value`.
  init?(_ line: String) {
    let bytes = line.utf8
    guard let end = bytes.firstIndex(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ":") }),
      end != bytes.startIndex, bytes[..<end].allSatisfy(CalendarLine.isName)
    else { return nil }
    self.init(
      name: String(Substring(bytes[..<end])).uppercased(), rest: String(Substring(bytes[end...])))
  }

  init?(name: String, rest: String) {
    var isQuoted = false
    guard
      let colon = rest.utf8.firstIndex(where: { byte in
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        return byte == UInt8(ascii: ":") && !isQuoted
      })
    else { return nil }
    self.name = name
    self.rest = rest
    self.colon = colon
  }

  /// A line as a field keeps it: without parameters only the value.
  init?(name: String, kept text: String) {
    let first = text.utf8.first
    let isWhole = first == UInt8(ascii: ";") || first == UInt8(ascii: ":")
    self.init(name: name, rest: isWhole ? text : ":" + text)
  }

  var kept: String {
    let first = value.utf8.first
    let isClear = first != UInt8(ascii: ";") && first != UInt8(ascii: ":")
    return rest.utf8.first == UInt8(ascii: ":") && isClear ? value : rest
  }

  var value: String { String(rest[rest.utf8.index(after: colon)...]) }

  /// The value of a parameter, without its quotation marks.
  func parameter(_ name: String) -> String? {
    var isQuoted = false
    let parts = rest[..<colon].utf8.split { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return byte == UInt8(ascii: ";") && !isQuoted
    }
    for part in parts {
      guard let sign = part.firstIndex(of: UInt8(ascii: "=")),
        String(Substring(part[..<sign])).uppercased() == name
      else { continue }
      let value = String(Substring(part[part.index(after: sign)...]))
      return String(value.filter { $0 != "\"" })
    }
    return nil
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
  }

  // MARK: - Text

  /// The text that a value stands for (section 3.3.11).
  static func text(_ value: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in value.utf8 {
      if isEscaped {
        isEscaped = false
        bytes.append(byte | 0x20 == UInt8(ascii: "n") ? 0x0A : byte)
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The texts of a list, which commas separate.
  var texts: [String] {
    var isEscaped = false
    return value.utf8.split { byte in
      defer { isEscaped = byte == UInt8(ascii: "\\") && !isEscaped }
      return byte == UInt8(ascii: ",") && !isEscaped
    }.map { CalendarLine.text(Substring($0)) }
  }

  /// The value that stands for a text; it can hold no control characters.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var isAfterReturn = false
    for byte in text.utf8 {
      defer { isAfterReturn = byte == 0x0D }
      switch byte {
      case 0x0A where isAfterReturn: break
      case 0x0A, 0x0D: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","):
        bytes += [UInt8(ascii: "\\"), byte]
      case 0x00..<0x09, 0x0B..<0x20, 0x7F: break
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends a line, folded so that none has more than 75 bytes, and no character is cut in two.
  static func append(_ name: String, _ rest: String, to bytes: inout [UInt8]) {
    let line = Array((name + rest).utf8)
    var index = 0
    while true {
      let room = index == 0 ? 75 : 74
      var end = min(index + room, line.count)
      while end < line.count, end > index, line[end] & 0xC0 == 0x80 { end -= 1 }
      if index > 0 { bytes.append(0x20) }
      bytes += line[index..<end]
      bytes += [0x0D, 0x0A]
      index = end
      if index >= line.count { break }
    }
  }
}
