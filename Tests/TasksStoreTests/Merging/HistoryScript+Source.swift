import MergeSupport
import TasksModel

extension HistoryScript {
  /// The script as Swift, to be kept as one of `HistoryScript.kept`.
  var source: String {
    """
    HistoryScript(
      seed: \(seed), devices: \(devices),
      steps: [
    \(steps.map { "    \($0.source)," }.joined(separator: "\n"))
      ]),
    """
  }
}

extension Step {
  var source: String {
    switch self {
    case .create(let device, let task, let values):
      ".create(device: \(device), task: \(task), \(values.source))"
    case .update(let device, let task, let values):
      ".update(device: \(device), task: \(task), \(values.source))"
    case .delete(let device, let task): ".delete(device: \(device), task: \(task))"
    case .open(let device, let task): ".open(device: \(device), task: \(task))"
    case .save(let device, let values): ".save(device: \(device), \(values.source))"
    case .clock(let device, let reading): ".clock(device: \(device), \(reading))"
    case .pass(let device, let milliseconds): ".pass(device: \(device), \(milliseconds))"
    case .seal(let device): ".seal(device: \(device))"
    case .deliver(let from, let to, let picks): ".deliver(from: \(from), to: \(to), \(picks))"
    case .foreign(let to, let change): ".foreign(to: \(to), \(change.source))"
    }
  }
}

extension ForeignChange {
  var source: String {
    let entries = entries.map { entry in
      ".init(task: \(entry.task), kind: \"\(entry.kind)\", at: \(entry.at), "
        + "over: [\(entry.over.map { ".\($0)" }.joined(separator: ", "))], "
        + "set: \(entry.set?.source ?? "nil"))"
    }
    return ".init(stranger: \(stranger), sequence: \(sequence), version: \(version), "
      + "isUntidy: \(isUntidy), isForged: \(isForged), "
      + "entries: [\(entries.joined(separator: ", "))])"
  }
}
