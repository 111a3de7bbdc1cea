import TasksArguments
import TasksModel
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
  private let value: String?
  private let removes: Bool
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    removes = arguments.has(Self.unset)
    isJSON = arguments.isJSON
    setting = try words.first.map { word in
      guard let setting = Setting(rawValue: word) else {
        throw Failure.usage(
          "there is no setting '\(word)'",
          hint: "settings: \(Setting.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return setting
    }
    value = words.count > 1 ? words[1].trimmingWhitespace() : nil
    if removes, setting == nil || value != nil {
      throw Failure.usage("--unset takes one key", hint: "tasks config --unset color")
    }
    if let setting, let value { try setting.check(value) }
  }

  func run(in session: Session) throws {
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
