package import TasksModel

/// Writes tasks in a format, one after the other.
package struct TaskWriter {
  package let format: ExchangeFormat
  let clock: Clock
  /// Whether a line names its task, so that it is found again.
  let isPlain: Bool
  /// The zone of a name such as `Europe/Berlin`; nil if there is none.
  private let zoneNamed: @Sendable (String) -> Zone?
  private var count = 0
  /// What could not be written.
  package private(set) var omissions = Omissions()

  package init(
    _ format: ExchangeFormat, clock: Clock, isPlain: Bool = false,
    zoneNamed: @escaping @Sendable (String) -> Zone? = { _ in nil }
  ) {
    self.zoneNamed = zoneNamed
    self.format = format
    self.clock = clock
    self.isPlain = isPlain
  }

  /// Appends what stands before all tasks.
  package func begin(_ bytes: inout [UInt8]) {
    switch format {
    case .taskwarrior: JSONWriter.append("[", to: &bytes)
    case .ics: ICalendar.begin(&bytes)
    case .csv: CSVTasks.begin(&bytes)
    case .todoTxt, .jsonLines: break
    }
  }

  /// Appends a task with all its details.
  package mutating func append(_ task: TaskRecord, to bytes: inout [UInt8]) {
    switch format {
    case .taskwarrior:
      JSONWriter.append(count == 0 ? "\n" : ",\n", to: &bytes)
      Taskwarrior.append(task, zone: clock.zone, to: &bytes)
    case .todoTxt:
      TodoTxt.append(task, zone: clock.zone, isPlain: isPlain, to: &bytes, &omissions)
    case .ics:
      ICalendar.append(
        task, CalendarTimes(zone: clock.zone, zoneNamed: zoneNamed), to: &bytes)
    case .csv: CSVTasks.append(task, to: &bytes)
    case .jsonLines:
      TaskJSON.append(task, to: &bytes)
      bytes.append(0x0A)
    }
    count += 1
  }

  /// Appends what stands behind all tasks.
  package func end(_ bytes: inout [UInt8]) {
    switch format {
    case .taskwarrior: JSONWriter.append(count == 0 ? "]\n" : "\n]\n", to: &bytes)
    case .ics: ICalendar.end(&bytes)
    case .todoTxt, .csv, .jsonLines: break
    }
  }
}
