import Foundation
import Testing

/// A machine with a store that is put back as it was before every run of a command.
struct Stage {
  let machine: Machine
  let deed: Deed
  /// What the store holds at first; nil if it cannot be read.
  let before: StoreView.Content?
  /// What it holds after the command, if nothing disturbs it.
  let after: StoreView.Content
  /// The calls of the undisturbed command.
  let calls: [SystemCall]

  init(_ deed: Deed) throws {
    self.deed = deed
    machine = try Machine()
    try deed.prepare(machine)
    // The file that tells the store from copies keeps its inode as long as it has this second name.
    try machine.shell(
      """
      mkdir -p saved
      [ ! -d "$1" ] || cp -a "$1/." saved
      [ ! -e "$1/identity" ] || { ln "$1/identity" identity; cp identity identity.content; }
      """, machine.store
    ).succeeded()
    before = deed.beginsDamaged ? nil : try StoreView(of: machine).content(knowing: nil)
    try Self.restore(machine, deed)
    let (outcome, calls) = try Strace.run(deed.words, on: machine)
    outcome.succeeded()
    self.calls = calls
    after = try StoreView(of: machine).content(knowing: before)
    try Self.restore(machine, deed)
  }

  /// Puts the store back.
  func restore() throws { try Self.restore(machine, deed) }

  private static func restore(_ machine: Machine, _ deed: Deed) throws {
    // A copied file has another inode.
    let identity =
      deed.isCopied
      ? ""
      : "[ ! -e identity ] || { ln -f identity \"$1/identity\"; cat identity.content > identity; }"
    try machine.shell(
      """
      rm -rf "$1" \(Deed.created)
      [ ! "$(ls -A saved)" ] || { mkdir -p "$1" && chmod 700 "$1" && cp -a saved/. "$1"; }
      \(identity)
      """, machine.store
    ).succeeded()
  }

  func view() throws -> StoreView { try StoreView(of: machine) }

  /// Whether the database says of itself that it has a write-ahead log.
  var usesLog: Bool {
    get throws {
      guard let file = FileHandle(forReadingAtPath: machine.database) else { return true }
      // https://www.sqlite.org/fileformat.html: the bytes 18 and 19.
      return try file.read(upToCount: 20)?.suffix(2) == Data([2, 2])
    }
  }

  /// The calls that the fault hits: all, or a few at places that depend on the seed.
  func calls(for fault: Fault) -> [SystemCall] {
    let all = calls.filter(fault.canHit)
    let count = Hunt.sample(of: fault)
    guard !Hunt.isWhole, all.count > count else { return all }
    let step = Double(all.count) / Double(count)
    var generator = Hunt.generator(for: "\(deed) \(fault)")
    return (0..<count).map { index in
      all[min(all.count - 1, Int(step * (Double(index) + .random(in: 0..<1, using: &generator))))]
    }
  }
}

/// How much is tried: a sample by default, everything with `TASKS_CRASH_ALL=1`, which `make soak` sets.
enum Hunt {
  static let isWhole = ProcessInfo.processInfo.environment["TASKS_CRASH_ALL"] == "1"

  /// How many calls are hit for each command.
  static func sample(of fault: Fault) -> Int {
    fault == .kill ? 3 : 1
  }

  /// What decides which; `TASKS_CRASH_SEED` repeats a run.
  static let seed =
    ProcessInfo.processInfo.environment["TASKS_CRASH_SEED"].flatMap(UInt64.init)
    ?? .random(in: 0..<1_000_000)

  static func generator(for name: String) -> some RandomNumberGenerator {
    Numbers(state: name.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) })
  }

  /// SplitMix64.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }
}
