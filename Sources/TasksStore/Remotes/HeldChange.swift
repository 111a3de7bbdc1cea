package import TasksModel

/// A change that is held.
package struct HeldChange: Sendable {
  let key: Int64
  package let id: ChangeID
  package let sequence: Int
}
