package import TasksModel
import TasksStore
package import TasksSync
import TasksText

/// What a sync came to, in words and as data.
package enum SyncText {
  /// Returns `Received 2 changes from desk: 1 task.` as the report has it.
  package static func received(_ report: SyncReport) -> String {
    let names = Set(report.intake.names.values.map { visible($0) }).sorted()
    let from = names.isEmpty ? "" : " from \(names.joined(separator: ", "))"
    return "Received \(counted(report.received.changes, "change"))\(from): "
      + "\(counted(report.intake.tasks.count, "task"))."
  }

  /// Returns `Sent 1 change to origin (412 bytes).` as the report has it.
  package static func sent(_ report: SyncReport, to name: String) -> String {
    "Sent \(counted(report.sent.changes, "change")) to \(name)"
      + " (\(ByteCount.text(report.sent.bytes)))."
  }

  /// What travelled.
  package static func happened(_ report: SyncReport, remote name: String) -> [String] {
    var parts: [String] = []
    if report.received.changes > 0 { parts.append(received(report)) }
    if report.sent.changes > 0 { parts.append(sent(report, to: name)) }
    return parts
  }

  /// The line that says what happened, or what would.
  package static func line(_ report: SyncReport, _ options: SyncOptions, remote name: String)
    -> String
  {
    if options.isDryRun { return dryRun(report, options, remote: name) }
    var parts = happened(report, remote: name)
    if options.ways.contains(.pull), report.received.changes == 0 {
      parts.append(parts.isEmpty ? "Nothing new on \(name)." : "Nothing new there.")
    }
    if options.ways.contains(.push), report.sent.changes == 0 {
      parts.append(
        options.ways == .push ? "Nothing to send: \(name) has everything." : "Nothing to send.")
    }
    return parts.joined(separator: " ")
  }

  private static func dryRun(
    _ report: SyncReport, _ options: SyncOptions, remote name: String
  ) -> String {
    var parts: [String] = []
    if options.ways.contains(.pull) {
      parts.append("would receive \(ways(report.received))")
    }
    if options.ways.contains(.push) { parts.append("would send \(ways(report.sent))") }
    return "With \(name): " + parts.joined(separator: ", ") + "."
  }

  private static func ways(_ way: SyncReport.Way) -> String {
    guard way.changes > 0 else { return "nothing" }
    return "\(counted(way.changes, "change")) in \(counted(way.bundles, "bundle"))"
      + " (\(ByteCount.text(way.bytes)))"
  }

  /// `3`, or `3–5`.
  package static func text(of numbers: ClosedRange<Int>) -> String {
    numbers.count == 1
      ? "\(numbers.lowerBound)" : "\(numbers.lowerBound)–\(numbers.upperBound)"
  }

  /// Why a file was left alone.
  package static func text(of file: SyncReport.Skipped, on remote: String) -> String {
    let name = visible(file.name)
    return switch file.reason {
    case .notWhole: "\(remote): \(name) is not whole yet, and was left for later."
    case .setAside:
      "\(remote): \(name) is damaged and was renamed; whoever has its changes sends them again."
    case .undecipherable: "\(remote): \(name) cannot be decrypted, or is not of this remote."
    case .newer: "\(remote): \(name) was written by a newer version of tasks."
    case .unreadable: "\(remote): \(name) cannot be read."
    }
  }

  /// What a look at everything on a remote found.
  package static func lines(_ found: RemoteExamination, remote name: String) -> [String] {
    var lines = [
      "Read \(counted(found.bundles, "bundle")) with \(counted(found.changes, "change"))"
        + " on \(name) (\(ByteCount.text(found.bytes)))."
    ]
    lines += found.bad.map { text(of: $0, on: name) }
    if found.unheld > 0 {
      lines.append("\(counted(found.unheld, "bundle")) not held here yet; tasks pull gets them.")
    }
    if found.lacking > 0 {
      lines.append("It lacks \(counted(found.lacking, "bundle")); tasks push sends them.")
    }
    if found.drafts > 0 {
      lines.append("\(counted(found.drafts, "file")) that somebody is writing, or was.")
    }
    if found.strangers > 0 {
      lines.append("\(counted(found.strangers, "other file")), left alone.")
    }
    if found.bad.isEmpty { lines.append("All of it is whole.") }
    return lines
  }

  package static func document(_ found: RemoteExamination) -> JSON {
    func number(_ value: Int) -> JSON { .integer(Int64(value)) }
    return [
      "bundles": number(found.bundles), "changes": number(found.changes),
      "bytes": number(found.bytes), "unheld": number(found.unheld),
      "lacking": number(found.lacking), "drafts": number(found.drafts),
      "strangers": number(found.strangers),
      "bad": .array(found.bad.map { .string($0.name) }),
    ]
  }

  /// What happened, for a program.
  package static func document(
    _ report: SyncReport, remote: String, missing: Int, isDryRun: Bool
  ) -> JSON {
    func number(_ value: Int) -> JSON { .integer(Int64(value)) }
    func way(_ way: SyncReport.Way) -> [JSON.Member] {
      [
        JSON.Member("bundles", number(way.bundles)), JSON.Member("changes", number(way.changes)),
        JSON.Member("bytes", number(way.bytes)),
      ]
    }
    let pull =
      way(report.received) + [
        JSON.Member("tasks", number(report.intake.tasks.count)),
        JSON.Member("conflicts", .array(report.intake.conflicts.map(JSON.string))),
        JSON.Member("missing", number(missing)),
        JSON.Member("skipped", .array(report.skipped.map { .string($0.name) })),
      ]
    return [
      "remote": .string(remote), "dry_run": .bool(isDryRun),
      "pull": .object(pull), "push": .object(way(report.sent)),
      "round_trips": number(report.turns),
    ]
  }
}
