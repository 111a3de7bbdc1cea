import TasksFormat
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// What a check found, and what making a store anew came to, for people and programs.
enum FsckText {
  static func line(_ finding: Finding) -> String {
    switch finding {
    case .database(let text): "The database: \(visible(text))."
    case .changesWithoutFile(let count):
      "\(counted(count, "change")) not in the files that the database names."
    case .looseEdits(let count):
      "\(counted(count, "edit")) not committed, of which what they replace is not there."
    case .devices(let count):
      "The database is wrong about the last change of \(counted(count, "device"))."
    case .badFile(let name, let error): "changes/\(visible(name)): \(visible(error.reason))."
    case .missingFile(let name, let changes):
      "changes/\(visible(name)) is gone, with \(counted(changes, "change"))."
    case .spareFile(let name):
      "changes/\(visible(name)) is not needed any more; tasks gc removes it."
    case .takenIn(let name, let intake):
      "changes/\(visible(name)) had not been taken in: \(counted(intake.count, "change")) now are."
    case .change(let id): "Change \(id.text.prefix(8)) is not in the database as it was sealed."
    case .task(let id): "Task \(id.short) does not show what was written to it."
    case .index: "The index for searching is not that of these tasks."
    case .numbers: "The numbers of the tasks are in disorder."
    case .missingChanges: "Changes are said to be missing that are here."
    }
  }

  private static func kind(_ finding: Finding) -> String {
    switch finding {
    case .database: "database"
    case .changesWithoutFile: "changes-without-file"
    case .looseEdits: "loose-edits"
    case .devices: "devices"
    case .badFile: "bad-file"
    case .missingFile: "missing-file"
    case .spareFile: "spare-file"
    case .takenIn: "taken-in"
    case .change: "change"
    case .task: "task"
    case .index: "index"
    case .numbers: "numbers"
    case .missingChanges: "missing-changes"
    }
  }

  static func document(_ report: CheckReport) -> JSON {
    [
      "files": number(report.files), "changes": number(report.changes),
      "tasks": number(report.tasks), "missing": number(report.missing.count),
      "damaged": .bool(report.isDamaged),
      "findings": .array(
        report.findings.map { finding in
          [
            "kind": .string(kind(finding)), "damage": .bool(finding.isDamage),
            "text": .string(line(finding)),
          ]
        }),
    ]
  }

  static func lines(_ outcome: RebuildOutcome) -> [String] {
    var lines = [
      "Made the database anew: \(counted(outcome.tasks, "task")) of "
        + "\(counted(outcome.changes, "change")) in \(counted(outcome.files, "file"))."
    ]
    for file in outcome.quarantined {
      lines.append("In quarantine: \(visible(file.name)): \(visible(file.error.reason)).")
    }
    if outcome.restored > 0 {
      lines.append(
        "Written anew from the old database: \(counted(outcome.restored, "change")) whose files were"
          + " damaged or gone.")
    }
    if outcome.lost > 0 {
      lines.append(
        "Not restored: \(counted(outcome.lost, "change")) whose files are damaged or gone. Another"
          + " device may have them.")
    }
    if outcome.edits > 0 {
      lines.append("Edits not committed yet, kept: \(outcome.edits).")
    }
    if outcome.isPartial {
      lines.append(
        "The old database is damaged where such edits are: some may be missing. Keep the file.")
    }
    if !outcome.isOldReadable {
      lines.append("This is a new device, and tasks may have new numbers.")
      if outcome.edits == 0 {
        lines.append(
          outcome.kept == nil
            ? "There was no database: edits that were not committed are not here."
            : "The old database could not be read: edits that were not committed are not here.")
      }
    }
    if let kept = outcome.kept { lines.append("The old database is \(visible(kept)).") }
    return lines
  }

  static func document(_ outcome: RebuildOutcome) -> JSON {
    [
      "files": number(outcome.files), "changes": number(outcome.changes),
      "tasks": number(outcome.tasks), "restored": number(outcome.restored),
      "lost": number(outcome.lost), "uncommitted": number(outcome.edits),
      "quarantined": .array(outcome.quarantined.map { .string($0.name) }),
      "partial": .bool(outcome.isPartial),
      "old_readable": .bool(outcome.isOldReadable),
      "old": outcome.kept.map(JSON.string) ?? .null,
      "missing": number(outcome.missing.count),
    ]
  }

  private static func number(_ value: Int) -> JSON { .integer(Int64(value)) }
}
