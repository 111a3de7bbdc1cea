import MergeSupport
import TasksModel
import TestSupport

/// Takes away from a script that fails what it does not need for failing.
struct Shrinker {
  private let fails: (HistoryScript) -> Bool
  private(set) var script: HistoryScript
  /// How many more scripts may be tried.
  private var attempts: Int

  private init(_ script: HistoryScript, attempts: Int, fails: @escaping (HistoryScript) -> Bool) {
    self.script = script
    self.attempts = attempts
    self.fails = fails
  }

  /// Returns a script that fails too and of which no single part can be left out.
  static func shrink(
    _ script: HistoryScript, attempts: Int = 3000, fails: @escaping (HistoryScript) -> Bool
  ) -> HistoryScript {
    var shrinker = Shrinker(script, attempts: attempts, fails: fails)
    var count = Int.max
    while shrinker.size < count {
      count = shrinker.size
      shrinker.removeSteps()
      shrinker.removeDevices()
      shrinker.simplifySteps()
    }
    return shrinker.script
  }

  private var size: Int { script.devices + script.steps.reduce(0) { $0 + $1.source.utf8.count } }

  /// Keeps a script if it still fails.
  private mutating func keep(_ smaller: HistoryScript) -> Bool {
    guard attempts > 0 else { return false }
    attempts -= 1
    guard fails(smaller) else { return false }
    script = smaller
    return true
  }

  private mutating func removeSteps() {
    _ = Shrinking.shrink(script.steps) { steps in
      var smaller = script
      smaller.steps = steps
      return keep(smaller)
    }
  }

  private mutating func removeDevices() {
    while script.devices > 1 {
      var smaller = script
      smaller.devices -= 1
      if !keep(smaller) { return }
    }
  }

  private mutating func simplifySteps() {
    for place in script.steps.indices {
      var isDone = false
      while !isDone {
        isDone = true
        for step in script.steps[place].simpler {
          var smaller = script
          smaller.steps[place] = step
          if keep(smaller) {
            isDone = false
            break
          }
        }
      }
    }
  }
}

extension Step {
  /// The same step with one part less.
  fileprivate var simpler: [Step] {
    switch self {
    case .create(let device, let task, let values):
      values.smaller.map { .create(device: device, task: task, $0) }
    case .update(let device, let task, let values):
      values.smaller.map { .update(device: device, task: task, $0) }
    case .save(let device, let values): values.smaller.map { .save(device: device, $0) }
    case .deliver(let from, let to, let picks):
      picks.indices.map { .deliver(from: from, to: to, picks.removing($0)) }
    case .foreign(let to, let change): change.simpler.map { .foreign(to: to, $0) }
    default: []
    }
  }
}

extension ForeignChange {
  fileprivate var simpler: [ForeignChange] {
    var all: [ForeignChange] = []
    func add(_ change: (inout ForeignChange) -> Void) {
      var copy = self
      change(&copy)
      all.append(copy)
    }
    for place in entries.indices {
      add { $0.entries.remove(at: place) }
      for dot in entries[place].over.indices { add { $0.entries[place].over.remove(at: dot) } }
      for set in entries[place].set?.smaller ?? [] { add { $0.entries[place].set = set } }
    }
    if isUntidy { add { $0.isUntidy = false } }
    if isForged { add { $0.isForged = false } }
    if sequence > 1 { add { $0.sequence = 1 } }
    return all
  }
}

extension FieldValues {
  fileprivate var smaller: [FieldValues] {
    members.indices.map { FieldValues(members.removing($0)) }
  }
}

extension Array {
  fileprivate func removing(_ index: Int) -> Self {
    var copy = self
    copy.remove(at: index)
    return copy
  }
}
