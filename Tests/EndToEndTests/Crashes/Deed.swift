import Foundation
import Testing

/// A command that is disturbed, and the store it is given in.
enum Deed: String, CaseIterable, CustomTestStringConvertible {
  case add
  case addOnABareMachine
  case edit
  case commit
  /// Nothing was ever sealed in the store.
  case firstCommit
  /// The store finds out that it is a copy, and becomes a device of its own.
  case commitInACopy
  case bundleCreate
  case bundleApply
  case gc
  case rebuild
  /// The database is gone.
  case rebuildOfWhatIsLost
  /// A command that only looks, but finds a sealed change whose file was not written.
  case writeOfAMissingFile

  var testDescription: String { rawValue }

  var words: [String] {
    switch self {
    case .add, .addOnABareMachine:
      ["add", "Buy milk", "+shop", "due:2031-01-01", "-d", "two liters"]
    case .edit: ["edit", "1", "--title", "renamed", "+later", "--priority", "H"]
    case .commit, .firstCommit, .commitInACopy: ["commit", "-m", "a note"]
    case .bundleCreate: ["bundle", "create", Self.created]
    case .bundleApply: ["bundle", "apply", "brought.tasks"]
    case .gc: ["gc"]
    case .rebuild, .rebuildOfWhatIsLost: ["fsck", "--rebuild"]
    case .writeOfAMissingFile: ["count"]
    }
  }

  static let created = "created.tasks"

  /// Whether giving the command twice comes to the same as giving it once.
  var isRepeatable: Bool { self != .add && self != .addOnABareMachine }

  /// Whether `fsck` is right to complain until the command was given.
  var beginsDamaged: Bool { self == .rebuildOfWhatIsLost }

  var isCopied: Bool { self == .commitInACopy }

  /// Makes the store that the command is given in.
  func prepare(_ machine: Machine) throws {
    switch self {
    case .addOnABareMachine: return
    case .firstCommit:
      try machine.shell(
        """
        set -e
        tasks add one +home -d text; tasks add two; tasks edit 1 --title uno; tasks done 2
        """
      ).succeeded()
    default:
      try machine.shell(Self.history).succeeded()
      if self == .rebuildOfWhatIsLost {
        try machine.shell("tasks commit && rm \"$1\"", machine.database).succeeded()
      }
      if self == .writeOfAMissingFile { try leaveAFileUnwritten(machine) }
    }
  }

  /// Edits and commits of this device, changes of another, and edits that are not sealed; `brought.tasks` is more.
  private static let history = """
    set -e
    other() { tasks --store "$HOME/other" "$@"; }
    tasks add one +home -d text; tasks add two project:garden; tasks add three due:2030-01-01
    tasks commit -m first
    tasks edit 1 --title uno
    tasks commit
    tasks done 2; tasks note 3 "a remark"
    tasks commit -m third
    other init
    tasks bundle create first.tasks; other bundle apply first.tasks
    other add four; other edit 1 +shared; other bundle create second.tasks
    tasks bundle apply second.tasks
    other add five -d "from elsewhere"; other commit; other done 3; other bundle create brought.tasks
    tasks edit 3 --priority H; tasks add six; tasks delete 2
    """

  /// Seals what was edited while there is no room for its file.
  private func leaveAFileUnwritten(_ machine: Machine) throws {
    let calls = try Strace.run(["list"], on: machine).calls
    #expect(!calls.contains { $0.name == "mkdir" })
    // The folder of the file is made, or, if there is one already, the file itself is renamed.
    let nowhere = SystemCall(name: "rename", occurrence: 1, paths: [], line: "")
    let outcome = try Strace.run(["commit", "-m", "unwritten"], on: machine, (.diskFull, nowhere))
    #expect(outcome.outcome.status == 1, "\(outcome.outcome)")
    #expect(try machine.sqlite("SELECT count(*) FROM bundles WHERE content IS NOT NULL") == "1")
  }
}
