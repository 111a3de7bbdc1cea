import TasksModel

/// A history of several devices, as a list of small steps that can be played again and again.
struct HistoryScript: Sendable {
  /// In which order everything reaches everybody in the end; for a random script, what it was made from.
  var seed: UInt64
  var devices: Int
  var steps: [Step]

  /// Where every clock begins.
  static let start: Int64 = 1_700_000_000_000

  private static let tasks = (0..<8).compactMap {
    TaskID("00000000-0000-4000-8000-00000000000\($0)")
  }

  /// The task of that number.
  static func task(_ number: Int) -> TaskID { tasks[number % tasks.count] }
}

extension HistoryScript {
  /// The id of the device of that number; all are between the ids of the strangers.
  static func device(_ number: Int) -> DeviceID {
    DeviceID("\(number % 10)c00000000000000") ?? .random()
  }
}
