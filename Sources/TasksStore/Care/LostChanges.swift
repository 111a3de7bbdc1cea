import TasksFormat
import TasksModel

/// The changes that an old database holds and the files do not.
struct LostChanges {
  let old: Connection
  let new: Connection

  /// The changes, each nil if it could not be restored.
  var changes: [SealedChange?] {
    var lost: [ChangeRow] = []
    try? old.each(
      """
      SELECT \(ChangeRow.columns)
      FROM changes JOIN devices ON devices.key = device WHERE v = 1 ORDER BY changes.key
      """
    ) { lost.append(ChangeRow($0)) }
    return lost.filter { !isHeld($0.id) }.map { try? old.restore($0) }
  }

  private func isHeld(_ id: String) -> Bool {
    ChangeID(id).flatMap { try? new.key(of: $0) } != nil
  }
}
