import TasksModel
import TasksSync

@testable import TasksStore

/// Something that a simulation has to have come across, or its silence would mean nothing.
enum Sight: String, CaseIterable {
  case conflict, missing, fork, newIdentity, dropped
  case cutOff, killed, triedAgain
  case notWhole, setAside, returned, gone
  case folded, removed
  case lost, noSettings, nothingThere, refilled
  case clockAhead, future
  case dryRun
}

extension Set<Sight> {
  /// Notes what an exchange came across.
  mutating func note(_ report: SyncReport) {
    if !report.intake.conflicts.isEmpty { insert(.conflict) }
    if !report.intake.forks.isEmpty { insert(.fork) }
    if report.intake.newIdentity != nil { insert(.newIdentity) }
    if report.intake.dropped > 0 { insert(.dropped) }
    for skipped in report.skipped {
      if case .notWhole = skipped.reason { insert(.notWhole) }
      if case .setAside = skipped.reason { insert(.setAside) }
    }
    if !report.returned.isEmpty { insert(.returned) }
    if !report.gone.isEmpty { insert(.gone) }
    if report.folded.into > 0 { insert(.folded) }
    if report.removed > 0 { insert(.removed) }
    if !report.future.isEmpty { insert(.future) }
  }

  mutating func note(_ error: SyncError) {
    switch error {
    case .remote: insert(.cutOff)
    case .lost: insert(.lost)
    case .noSettings: insert(.noSettings)
    case .nothingThere: insert(.nothingThere)
    case .clockAhead: insert(.clockAhead)
    default: break
    }
  }
}
