import MergeSupport
import TasksModel

/// One thing that happens in a simulation.
///
/// Devices, tasks, remotes and picks are numbers, taken modulo how many there are: so a script stays a script when parts
/// of it are left out.
enum Event: Sendable {
  case create(device: Int, task: Int, FieldValues)
  case update(device: Int, task: Int, FieldValues)
  case delete(device: Int, task: Int)
  /// Opens an editor, which stays open until it is saved or another is opened.
  case open(device: Int, task: Int)
  case save(device: Int, FieldValues)
  /// Ends an open conflict with one of its values.
  case resolve(device: Int, conflict: Int, side: Int)
  case seal(device: Int)
  /// Makes so many changes, so that there is something to fold.
  case fill(device: Int, changes: Int)
  case exchange(device: Int, remote: Int, Exchange)
  /// Hands over a bundle on a stick: all, or what came after one of the changes held.
  case carry(from: Int, to: Int, since: Int?)
  /// Folds the files of a store.
  case tidy(device: Int)
  case backUp(device: Int)
  case restore(device: Int)
  /// Copies a store, and both go on; perhaps on a disk where a copy cannot be told from what it was made of.
  case copy(device: Int, isUnnoticed: Bool)
  /// Puts a clock so many milliseconds off.
  case clock(device: Int, off: Int64)
  /// Puts a clock to a moment, from where it goes on.
  case date(device: Int, Int64)
  case pass(Int64)
  case harm(remote: Int, Harm)
  /// Puts another stick, or none, where a remote is.
  case mount(remote: Int, place: Int)
}

/// How a device speaks to a remote.
struct Exchange: Sendable {
  /// 1 pull, 2 push, 3 both.
  var ways: Int
  var batch: Int
  var refills = false
  var allowsFuture = false
  var isDryRun = false
  var fault: Fault?
}

/// How a connection goes wrong.
struct Fault: Sendable {
  /// The call that fails.
  var call: Int?
  var afterTheFact = false
  /// Whether the program is killed at that moment.
  var kills = false
  /// How many connections in a row go wrong.
  var tries = 1
  /// A file that is not listed.
  var hides: Int?
  /// Whether something is listed that has gone.
  var isStale = false
  var isReordering = false
  /// A file that comes without its end.
  var cutsShort: Int?
}

/// What somebody does to a remote who should not.
enum Harm: Sendable {
  case cutOff(file: Int, after: Int)
  case flip(file: Int, bit: Int)
  case delete(file: Int)
  case put(junk: Int)
  case empty
  case loseSettings
}
