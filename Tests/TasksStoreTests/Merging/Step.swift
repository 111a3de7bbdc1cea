import MergeSupport
import TasksModel

/// One thing that happens in a script.
///
/// Devices, tasks and picked changes are numbers, taken modulo how many there are: so a script stays a script when
/// parts of it are left out.
enum Step: Sendable {
  case create(device: Int, task: Int, FieldValues)
  case update(device: Int, task: Int, FieldValues)
  case delete(device: Int, task: Int)
  /// Opens an editor, which stays open until it is saved or another is opened.
  case open(device: Int, task: Int)
  case save(device: Int, FieldValues)
  /// Sets the clock.
  case clock(device: Int, Int64)
  /// Moves the clock on, or back.
  case pass(device: Int, Int64)
  case seal(device: Int)
  /// Hands over changes that the first device holds, its own or others', as one bundle.
  case deliver(from: Int, to: Int, [Int])
  /// Hands over a change that no device of the script has made.
  case foreign(to: Int, ForeignChange)
}
