import TasksModel

extension HistoryScript {
  /// Scripts that failed once, shrunk; a failing test prints the next one.
  static let kept: [HistoryScript] = [
    // What an open editor has seen is sealed meanwhile, and has another name when it is saved.
    HistoryScript(
      seed: 308, devices: 1,
      steps: [
        .create(device: 0, task: 1, [:]),
        .open(device: 0, task: 1),
        .seal(device: 0),
        .save(device: 0, ["completed": true]),
      ])
  ]
}
