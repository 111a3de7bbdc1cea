import MergeSupport
import TasksModel

extension Script {
  /// Scripts that failed once, shrunk; a failing test prints the next one.
  static let kept: [Script] = [
    // Who sends for the first time, before it is known that the remote is encrypted, begins with a draft in clear.
    Script(
      seed: 1, devices: 2, disks: [], remotes: [.encrypted],
      events: [
        .exchange(device: 0, remote: 0, Exchange(ways: 2, batch: 50)),
        .create(device: 1, task: 0, ["title": "a"]),
        .exchange(device: 1, remote: 0, Exchange(ways: 2, batch: 50)),
      ]),
    // What is listed and not there is asked for without end.
    Script(
      seed: 2, devices: 2, disks: [], remotes: [.server],
      events: [
        .create(device: 0, task: 0, ["title": "a"]),
        .exchange(device: 0, remote: 0, Exchange(ways: 2, batch: 50)),
        .exchange(
          device: 1, remote: 0,
          Exchange(ways: 3, batch: 50, fault: Fault(call: nil, tries: 3, isStale: true))),
      ]),
    // A bundle was damaged after it had been read whole, and what it contained was removed.
    Script(
      seed: 898, devices: 3, disks: [], remotes: [.server],
      events: [
        .fill(device: 0, changes: 3),
        .exchange(
          device: 0, remote: 0,
          Exchange(
            ways: 2, batch: 50, refills: false, allowsFuture: false, isDryRun: false, fault: nil)),
        .exchange(
          device: 1, remote: 0,
          Exchange(
            ways: 3, batch: 50, refills: false, allowsFuture: false, isDryRun: false, fault: nil)),
        .harm(remote: 0, Harm.cutOff(file: 61, after: 244)),
        .carry(from: 0, to: 2, since: Optional(42)),
      ]),
  ]
}
