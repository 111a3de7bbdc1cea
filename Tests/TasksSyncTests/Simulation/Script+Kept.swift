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
  ]
}
