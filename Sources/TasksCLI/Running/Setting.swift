import TasksModel
import TasksProgram

/// The settings a person can change with `config`.
///
/// None of them names a program to run: a store may come from somewhere else.
enum Setting: String, CaseIterable {
  case color
  case deviceName = "device.name"
  case listSort = "list.sort"
  case syncAuto = "sync.auto"

  var help: String {
    switch self {
    case .color: "Colours: auto (on a terminal), always or never."
    case .deviceName: "What this device is called; at first the name of the machine."
    case .syncAuto: "Whether every edit is synced in the background: true or false."
    case .listSort: "How lists are sorted, as in list --sort: due,priority,created at first."
    }
  }

  /// What it is until somebody changes it.
  func firstValue(machineName: String) -> String {
    switch self {
    case .color: "auto"
    case .deviceName: machineName
    case .syncAuto: "false"
    case .listSort: SortKey.everyday.map(\.field.rawValue).joined(separator: ",")
    }
  }

  /// Throws if the value makes no sense.
  func check(_ value: String) throws {
    switch self {
    case .color:
      guard ["auto", "always", "never"].contains(value) else {
        throw Failure.usage(
          "'\(value)' is no value for color", hint: "it takes auto, always, never")
      }
    case .syncAuto:
      guard ["true", "false"].contains(value) else {
        throw Failure.usage("'\(value)' is no value for sync.auto", hint: "it takes true, false")
      }
    case .deviceName:
      _ = try EntryRules.line(value, field: Field("device name"), limit: 50)
    case .listSort:
      _ = try SortWords.order(value)
    }
  }
}
