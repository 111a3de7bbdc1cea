import TasksArguments
import TasksModel
import TasksProgram
import TasksRemote
import TasksStore
import TasksText

/// `config`: looks at settings and changes them.
struct ConfigCommand: Command {
  private static let unset = OptionDeclaration(
    "unset", help: "Give the setting back its first value.")

  static let declaration = CommandDeclaration(
    name: "config", group: .care, summary: "Show settings, or change one",
    synopsis: ["config [--json]", "config KEY [VALUE]", "config --unset KEY"],
    description: [
      "Without a key, lists the settings that were changed. With a key, prints its value; with a value, changes it.",
      "remote.NAME.transport says how the host of a remote is reached: tasks-ssh or openssh; without it tasks-ssh is tried, and openssh where that cannot.",
      "Settings: " + Setting.allCases.map { "\($0.rawValue). \($0.help)" }.joined(separator: " "),
    ],
    operands: [
      OperandDeclaration("KEY", help: "The setting.", maximum: 1, completion: .stored(.settings)),
      OperandDeclaration("VALUE", help: "Its new value.", maximum: 1),
    ],
    options: [unset, CommonOptions.json],
    examples: [
      Example("tasks config device.name laptop", "what other devices call this one"),
      Example("tasks config list.sort -priority,due", "a value that starts with a dash"),
      Example("tasks config --unset list.sort", "back to the usual order"),
    ],
    dashWords: .operandsIfLong)

  private let setting: Setting?
  /// The remote whose transport is meant, in place of a setting.
  private let remote: String?
  private let value: String?
  private let removes: Bool
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    removes = arguments.has(Self.unset)
    isJSON = arguments.isJSON
    let remote = words.first.flatMap(Self.remote)
    self.remote = remote
    setting = try words.first.flatMap { word in
      if remote != nil { return nil }
      guard let setting = Setting(rawValue: word) else {
        throw Failure.usage(
          "there is no setting '\(word)'",
          hint: "settings: \(Setting.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return setting
    }
    value = words.count > 1 ? words[1].trimmingWhitespace() : nil
    if removes, setting == nil && remote == nil || value != nil {
      throw Failure.usage("--unset takes one key", hint: "tasks config --unset color")
    }
    if let setting, let value { try setting.check(value) }
    if remote != nil, let value, SSHTransport(rawValue: value) == nil {
      throw Failure.usage(
        "'\(value)' is no way to reach a host",
        hint: "it takes \(SSHTransport.allCases.map(\.rawValue).joined(separator: ", "))")
    }
  }

  /// The remote of `remote.NAME.transport`.
  private static func remote(of key: String) -> String? {
    guard key.hasPrefix("remote."), key.hasSuffix(".transport") else { return nil }
    let name = key.dropFirst("remote.".count).dropLast(".transport".count)
    return name.isEmpty ? nil : String(name)
  }

  func run(in session: Session) throws {
    if let remote { return try transport(of: remote, in: session) }
    guard let setting else { return try list(in: session) }
    if removes || value != nil {
      try session.store(for: .writing).set(setting.rawValue, to: value)
      return
    }
    let value =
      try session.store(for: .reading).setting(setting.rawValue)
      ?? setting.firstValue(machineName: session.machineName)
    if isJSON {
      try session.output.json(.object([JSON.Member(setting.rawValue, .string(value))]))
    } else {
      try session.output.line(visible(value))
    }
  }

  /// Shows how a remote's host is reached, or says it.
  private func transport(of name: String, in session: Session) throws {
    let store = try session.store(for: removes || value != nil ? .writing : .reading)
    let record = try session.remote(name, in: store)
    if removes || value != nil {
      try store.setTransport(of: record, to: value)
      return
    }
    let shown = record.transport ?? "automatic"
    if isJSON {
      try session.output.json(.object([JSON.Member("remote.\(name).transport", .string(shown))]))
    } else {
      try session.output.line(visible(shown))
    }
  }

  private func list(in session: Session) throws {
    let settings = try session.store(for: .reading).settings().filter {
      Setting(rawValue: $0.key) != nil
    }
    if isJSON {
      try session.output.json(
        .object(settings.map { JSON.Member($0.key, .string($0.value)) }))
      return
    }
    for setting in settings {
      try session.output.line("\(setting.key) = \(visible(setting.value))")
    }
    if settings.isEmpty {
      let names = Setting.allCases.map(\.rawValue).joined(separator: ", ")
      session.say("No setting was changed. There are: \(names)")
    }
  }
}
