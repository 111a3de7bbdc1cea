import MergeSupport
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
      ]),
    // What names an operation for one field replaces its other writes too: the last edit has nothing to replace there.
    HistoryScript(
      seed: 29758, devices: 2,
      steps: [
        .create(device: 0, task: 0, [:]),
        .seal(device: 0),
        .deliver(from: 0, to: 1, [9]),
        .update(device: 1, task: 0, ["tag:y": true]),
        .seal(device: 1),
        .update(device: 0, task: 0, ["title": "a"]),
        .seal(device: 0),
        .update(device: 0, task: 0, ["is_deleted": true]),
        .deliver(from: 1, to: 0, [21]),
        .foreign(
          to: 0,
          .init(
            stranger: 1, sequence: 1,
            entries: [
              .init(
                task: 0, kind: "update", at: 1_700_000_000_000, over: [], set: ["completed": true])
            ])),
        .update(device: 0, task: 0, ["title": "b"]),
        .seal(device: 0),
        .deliver(from: 0, to: 1, [15, 23, 13]),
        .update(device: 1, task: 0, ["completed": false]),
      ]),
    // A dot that names an operation without `set` at the end of its change crosses out an operation of another change,
    // and a write is lost.
    HistoryScript(
      seed: 189, devices: 1,
      steps: [
        .foreign(
          to: 0,
          .init(
            stranger: 1, sequence: 1,
            entries: [.init(task: 1, kind: "split", at: 1, over: [], set: nil)])),
        .foreign(
          to: 0,
          .init(
            stranger: 1, sequence: 1,
            entries: [.init(task: 0, kind: "update", at: 5, over: [], set: ["title": "a"])])),
        .foreign(
          to: 0,
          .init(
            stranger: 1, sequence: 1,
            entries: [
              .init(task: 0, kind: "update", at: 4, over: [.known(0, 0)], set: ["title": "b"])
            ])),
      ]),
    // Two tasks are edited elsewhere. One is deleted here and has lost its number; it comes back and takes the number
    // of the other, which is done since yesterday, and the bundle is refused: UNIQUE constraint failed: tasks.number.
    HistoryScript(
      seed: 9629, devices: 2,
      steps: [
        .create(device: 0, task: 0, ["title": "a"]),
        .create(device: 0, task: 1, ["title": "b"]),
        .seal(device: 0),
        .deliver(from: 0, to: 1, [0]),
        .delete(device: 0, task: 0),
        .pass(device: 0, 200_000_000),
        .create(device: 0, task: 2, ["title": "c"]),
        .update(device: 0, task: 1, ["completed": true]),
        .pass(device: 0, 200_000_000),
        .pass(device: 1, 200_000_000),
        .update(device: 1, task: 0, ["priority": "H"]),
        .update(device: 1, task: 1, ["priority": "H"]),
        .seal(device: 1),
        .deliver(from: 1, to: 0, [1]),
      ]),
    // Two changes with different numbers claim to follow the same one, which is not there: how many are missing
    // depends on which came first.
    HistoryScript(
      seed: 52, devices: 2,
      steps: [
        .foreign(to: 0, .init(stranger: 1, sequence: 2, isForged: true, entries: [])),
        .foreign(to: 1, .init(stranger: 1, sequence: 3, isForged: true, entries: [])),
      ]),
  ]
}
