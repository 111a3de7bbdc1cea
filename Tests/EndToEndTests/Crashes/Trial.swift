import Foundation
import Testing

/// One run of a disturbed command, and what is expected of it and after it.
final class Trial {
  private let stage: Stage
  private let fault: Fault
  private let call: SystemCall
  /// What came of the command.
  private let outcome: Outcome
  /// What a power cut would leave now.
  private var disk: Disk

  /// Runs the command of the stage with a fault in its way.
  init(on stage: Stage, _ fault: Fault, at call: SystemCall) throws {
    self.stage = stage
    self.fault = fault
    self.call = call
    try stage.restore()
    disk = Disk(of: stage.machine)
    let (outcome, calls) = try Strace.run(stage.deed.words, on: stage.machine, (fault, call))
    self.outcome = outcome
    disk.follow(calls)
  }

  func check() throws {
    checkOutcome()
    try checkStore()
    try checkRebuilding()
  }

  private var machine: Machine { stage.machine }
  private var deed: Deed { stage.deed }

  private var comment: Comment {
    "\(deed), \(fault.rawValue) at \(call), TASKS_CRASH_SEED=\(Hunt.seed): \(outcome)"
  }

  private var wasKilled: Bool { outcome.status == 128 + 9 }

  /// The program was killed, or says in one line why it failed, or did it.
  private func checkOutcome() {
    if fault == .kill, wasKilled { return }
    guard outcome.status != 0 else {
      // Who only looks says nothing of files that another has left unwritten.
      if deed != .writeOfAMissingFile { disk.expectAcknowledged() }
      #expect(disk.violations == [], comment)
      return
    }
    #expect(outcome.status == 1, comment)
    let isSilenced = call.line.contains("write(2<") || fault.stays && call.name == "write"
    #expect(
      isSilenced || outcome.errorLines.filter { $0.hasPrefix("tasks: ") }.count == 1, comment)
    #expect(outcome.output.isEmpty || call.isTalk, comment)
  }

  private func checkStore() throws {
    let saysNothingChanged = outcome.errors.contains("nothing was changed")
    if saysNothingChanged, let before = stage.before {
      let now = try stage.view().content(knowing: before)
      #expect(now.tasks == before.tasks && now.open == before.open, "it lies: \(comment)")
    }
    // Half of the times the command is given again at once, half of the times after a look.
    if !deed.isRepeatable || call.occurrence.isMultiple(of: 2) {
      let isDone = try checkState()
      if isDone, !deed.isRepeatable { return }
    }
    try follow(deed.words)
    try expectSound()
    let view = try stage.view()
    view.expectOrder(files: deed == .gc, comment)
    #expect(view.content(knowing: stage.before) == stage.after, comment)
    if deed == .bundleCreate {
      try machine.run("bundle", "verify", Deed.created).succeeded(comment)
    }
  }

  /// Expects the store to be as before the command or as after it; returns whether it is as after.
  private func checkState() throws -> Bool {
    guard let before = stage.before else { return false }
    try expectSound()
    let view = try stage.view()
    view.expectOrder(files: false, comment)
    let now = view.content(knowing: before)
    #expect(now == stage.after || outcome.status != 0 && now == before, comment)
    if deed == .bundleCreate {
      let isThere = FileManager.default.fileExists(atPath: "\(machine.home)/\(Deed.created)")
      #expect(isThere || outcome.status != 0, comment)
      if isThere { try machine.run("bundle", "verify", Deed.created).succeeded(comment) }
    }
    return now == stage.after
  }

  /// Runs a command that nothing disturbs, and expects what it does to outlive a power cut.
  @discardableResult
  private func follow(_ words: [String]) throws -> Outcome {
    let (outcome, calls) = try Strace.run(words, on: machine)
    outcome.succeeded(comment)
    disk.follow(calls)
    // A check leaves it at telling of files that a crash has left and nobody needs.
    if words == deed.words { disk.expectAcknowledged() }
    #expect(disk.violations == [], "tasks \(words.joined(separator: " ")) after \(comment)")
    return outcome
  }

  private func expectSound() throws {
    let outcome = try follow(["fsck", "--json"])
    let report = try outcome.object()
    #expect(report["damaged"] as? Bool == false && report["missing"] as? Int == 0, "\(outcome)")
    try #expect(stage.usesLog, "without its log it is not durable: \(comment)")
  }

  /// Everything that is committed comes back without the database.
  private func checkRebuilding() throws {
    try machine.run("commit").succeeded(comment)
    let before = try stage.view()
    try machine.shell("rm -f \"$1\"/tasks.db*", machine.store).succeeded()
    let outcome = try machine.run("fsck", "--rebuild").succeeded(comment)
    #expect(outcome.errors == "", comment)
    let after = try stage.view()
    after.expectOrder(files: false, comment)
    #expect(after.tasks == before.tasks && after.openOperations.isEmpty, comment)
    #expect(Set(after.sealed) == Set(before.sealed), comment)
  }
}

extension Outcome {
  /// Expects success of a command that comes after a fault.
  @discardableResult
  fileprivate func succeeded(_ comment: Comment) -> Outcome {
    #expect(status == 0, "\(self)\nafter \(comment)")
    return self
  }
}
