/// The operations of the API, by the names that the document gives them.
///
/// Handlers are bound by a `switch` over this, so the compiler notices one that is missing.
package enum OperationID: String, CaseIterable, Sendable {
  case getRoot
  case getHealth
  case getOpenAPI
  case listTasks
  case createTask
  case getTask
  case replaceTask
  case patchTask
  case deleteTask
  case runBatch
  case syncBatch
  case syncOrTrigger
  case triggerSync
  case getSyncStatus
  case listQueue
  case listConflicts
  case settleConflict
  case followEvents
}
