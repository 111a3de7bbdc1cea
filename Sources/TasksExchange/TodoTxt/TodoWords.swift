import TasksModel

/// The words of a line of todo.txt, understood.
struct TodoWords {
  /// What they say of a task.
  struct Content: Equatable {
    var title = ""
    var project: String?
    /// In any order.
    var tags: Set<String> = []
    var due: Moment?
    var wait: Moment?
    /// Other `key:value`, by their keys.
    var keys: [String: String] = [:]
    /// The letter that a completed task keeps its priority as.
    var completedPriority: String?
    /// A priority that no letter stands for.
    var priority: String?
  }

  private(set) var content = Content()
  private(set) var uid: TaskID?
  /// When the task was last written to before it was exported.
  private(set) var rev: Instant?
  /// The words but for those two.
  private(set) var text = ""
  /// The words that a line keeps when it is ticked off.
  private(set) var identity = ""

  var title: String { content.title }
  var project: String? { content.project }
  var tags: Set<String> { content.tags }
  var due: Moment? { content.due }
  var wait: Moment? { content.wait }
  var keys: [String: String] { content.keys }
  var completedPriority: String? { content.completedPriority }
  var priority: String? { content.priority }

  /// Keys that mean something only beside a `uid:` of ours; their values are encoded.
  private static let names: Set<String> = [
    "title", "project", "tag", "priority", "due.at", "t.at", "rev",
  ]

  init(_ text: String, isCompleted: Bool, zone: Zone) {
    let words = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    let uid = words.lazy.compactMap { TodoWords.pair($0) }.first { $0.key == "uid" }
      .flatMap { TaskID($0.value) }
    self.init(words, hasNames: uid != nil, uid: uid, isCompleted: isCompleted, zone: zone)
  }

  /// Reads words as they stand beside a `uid:`, or without one.
  init(_ text: String, hasNames: Bool, isCompleted: Bool, zone: Zone) {
    let words = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    self.init(words, hasNames: hasNames, uid: nil, isCompleted: isCompleted, zone: zone)
  }

  private init(_ words: [String], hasNames: Bool, uid: TaskID?, isCompleted: Bool, zone: Zone) {
    self.uid = uid
    var titleWords: [String] = []
    var kept: [String] = []
    var named: [String] = []
    var exact: [String: Instant] = [:]
    var encodedTitle: String?
    var hasNoProject = false
    for word in words {
      let pair = TodoWords.pair(word)
      if hasNames, let pair, pair.key == "uid" || pair.key == "rev" {
        if pair.key == "rev", rev == nil { rev = Instant(iso: pair.value) }
        continue
      }
      kept.append(word)
      if pair?.key != "pri" { named.append(word) }
      if word.utf8.count > 1, let tag = word.utf8.first == UInt8(ascii: "@") ? word : nil {
        content.tags.insert(tag)
      } else if word.utf8.count > 1, word.utf8.first == UInt8(ascii: "+") {
        let name = String(Substring(word.utf8.dropFirst()))
        if content.project == nil, !hasNoProject {
          content.project = name
        } else {
          content.tags.insert(name)
        }
      } else if let pair {
        if hasNames, TodoWords.names.contains(pair.key) {
          let value = Percent.decoded(pair.value)
          switch pair.key {
          case "title": encodedTitle = value
          case "project" where pair.value == "none": hasNoProject = true
          case "project": content.project = value
          case "tag": content.tags.insert(value)
          case "priority": content.priority = value
          default: exact[pair.key] = Instant(iso: value)
          }
        } else if !take(pair, isCompleted: isCompleted) {
          titleWords.append(word)
        }
      } else {
        titleWords.append(word)
      }
    }
    // A time counts while its day stands beside it.
    content.due = TodoWords.exact(content.due, exact["due.at"], zone)
    content.wait = TodoWords.exact(content.wait, exact["t.at"], zone)
    text = kept.joined(separator: " ")
    identity = named.joined(separator: " ").trimmingWhitespace()
    content.title =
      encodedTitle
      ?? titleWords.filter { !$0.isEmpty }.joined(separator: " ").trimmingWhitespace()
  }

  /// Understands a `key:value`; false if it is a word of the title.
  private mutating func take(_ pair: (key: String, value: String), isCompleted: Bool) -> Bool {
    switch pair.key {
    case "due" where content.due == nil:
      if let date = CivilDate(iso: pair.value) {
        content.due = .date(date)
        return true
      }
    case "t" where content.wait == nil:
      if let date = CivilDate(iso: pair.value) {
        content.wait = .date(date)
        return true
      }
    case "pri" where isCompleted && content.completedPriority == nil:
      if pair.value.utf8.count == 1, let letter = pair.value.utf8.first,
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter)
      {
        content.completedPriority = pair.value
        return true
      }
    default: break
    }
    let prefix = TodoTxt.keyPrefix
    let key = pair.key.hasPrefix(prefix) ? String(pair.key.dropFirst(prefix.count)) : pair.key
    guard !key.isEmpty, content.keys[key] == nil else { return false }
    content.keys[key] = pair.value
    return true
  }

  private static func exact(_ moment: Moment?, _ instant: Instant?, _ zone: Zone) -> Moment? {
    guard let moment, let instant, zone.civil(of: instant).date == moment.date(in: zone) else {
      return moment
    }
    return .instant(instant)
  }

  /// `key:value` of lowercase letters and anything, but no address.
  private static func pair(_ word: String) -> (key: String, value: String)? {
    let bytes = word.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon != bytes.startIndex,
      let first = bytes.first, isLetter(first)
    else { return nil }
    let value = bytes[bytes.index(after: colon)...]
    guard !value.isEmpty, !value.starts(with: "//".utf8),
      bytes[..<colon].allSatisfy({ isLetter($0) || isOther($0) })
    else { return nil }
    return (String(Substring(bytes[..<colon])), String(Substring(value)))
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isOther(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  // MARK: - Writing

  /// The words that say this, in the order in which we write them.
  ///
  /// - Parameter names: whether a `uid:` stands beside them, so that what todo.txt has no words for can be encoded.
  static func text(of content: Content, names: Bool, zone: Zone) -> String {
    var words = [content.title]
    let (contexts, tags) = (
      content.tags.filter { $0.utf8.first == UInt8(ascii: "@") && $0.utf8.count > 1 },
      content.tags.filter { $0.utf8.first != UInt8(ascii: "@") || $0.utf8.count == 1 }
    )
    if let project = content.project {
      words.append(
        isWord(project) || !names ? "+\(project)" : "project:\(Percent.encoded(project))")
    } else if !tags.isEmpty, names {
      words.append("project:none")
    }
    for (tag, mark) in tags.sorted().map({ ($0, "+") }) + contexts.sorted().map({ ($0, "") }) {
      words.append(isWord(tag) || !names ? mark + tag : "tag:\(Percent.encoded(tag))")
    }
    for (key, moment) in [("due", content.due), ("t", content.wait)] {
      guard let moment else { continue }
      words.append("\(key):\(moment.date(in: zone))")
      if names, case .instant(let instant) = moment {
        words.append("\(key).at:\(Percent.encoded(instant.description))")
      }
    }
    for (key, value) in content.keys.sorted(by: { UTF8Order.isLess($0.key, $1.key) }) {
      if (key == "due" && content.due != nil) || (key == "t" && content.wait != nil) { continue }
      let isTaken = names && TodoWords.names.contains(key) || key == "uid"
      words.append("\(isTaken ? TodoTxt.keyPrefix : "")\(key):\(value)")
    }
    if let letter = content.completedPriority { words.append("pri:\(letter)") }
    if names, let priority = content.priority {
      words.append("priority:\(Percent.encoded(priority))")
    }
    return words.joined(separator: " ")
  }

  /// Whether text can stand behind a `+`.
  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty && !text.utf8.contains { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }
}

/// Text in a word: every byte but letters, digits and a few marks as `%41`.
enum Percent {
  static func encoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"), 0x80...:
        bytes.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    // The one value that means something else.
    let encoded = String(decoding: bytes, as: UTF8.self)
    return encoded == "none" ? "%6Eone" : encoded
  }

  /// The text; what is no `%41` stays as it is.
  static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let high = Hexadecimal.value(of: rest[rest.startIndex]),
        let low = Hexadecimal.value(of: rest[rest.startIndex + 1])
      {
        bytes.append(UInt8(high) << 4 | UInt8(low))
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
