import MergeSupport
import TasksModel

/// What a device can do in the property test of the merge.
///
/// All that it shows must follow from what it holds; the test compares it with `Oracle`, and with what the authors of
/// all edits could see (`EditRecord`). Every operation that these calls write is one edit, in the order of the calls.
protocol ReplicaUnderTest: AnyObject {
  /// What an editor that is open on a task has seen of it.
  associatedtype Session

  var device: DeviceID { get }
  /// What its clock reads, in milliseconds; it may be wrong, jump and go backwards, within `Instant.validRange`.
  var clock: Int64 { get set }

  /// Makes a task; false if there is one of that id, and then nothing is written.
  func create(_ task: TaskID, _ values: FieldValues) throws -> Bool
  /// Writes what is not as asked for already, and returns which fields that were; none if there is no such task.
  func update(_ task: TaskID, _ values: FieldValues) throws -> [Field]
  /// Deletes a task, again if need be; false if there is none, and then nothing is written.
  func delete(_ task: TaskID) throws -> Bool

  /// Opens an editor on a task; nil if there is none.
  func open(_ task: TaskID) throws -> Session?
  /// Writes as `update` does, as somebody who has seen what was there when the editor was opened.
  func save(_ task: TaskID, _ values: FieldValues, seen: Session) throws -> [Field]

  /// Seals what was written since the last time, and returns the lines of the new changes.
  func seal() throws -> [[UInt8]]
  /// Takes in changes made by anybody, in any order, also ones that it holds.
  func take(_ lines: [[UInt8]]) throws

  /// Every task that any held operation writes to, deleted ones too.
  func state() throws -> [TaskID: ShownTask]
  func conflicts() throws -> [FoundConflict]
  /// How much is known to be missing; 0 if nothing is.
  func missing() throws -> Int
  /// Throws if the device finds fault with itself.
  func checkItself() throws
}
