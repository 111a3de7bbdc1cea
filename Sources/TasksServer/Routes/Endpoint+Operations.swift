extension Endpoint {
  /// Who answers an operation: every one has somebody.
  static func of(_ operation: OperationID) -> Endpoint {
    switch operation {
    case .getRoot: .now(ServiceRoutes.root)
    case .getHealth: .now(ServiceRoutes.health)
    case .getOpenAPI: .now(ServiceRoutes.openAPI)
    case .listTasks: .now(ListRoute.answer)
    case .createTask: .later(TaskRoutes.create)
    case .getTask: .now(TaskRoutes.get)
    case .replaceTask: .later(TaskRoutes.replace)
    case .patchTask: .later(TaskRoutes.patch)
    case .deleteTask: .later(TaskRoutes.delete)
    case .runBatch: .later(BatchRoute.answer)
    case .syncBatch: .later(QueueRoute.answer)
    case .syncOrTrigger: .later(SyncRoutes.batchOrTrigger)
    case .triggerSync: .later(SyncRoutes.trigger)
    case .getSyncStatus: .now(SyncRoutes.status)
    case .listQueue: .now(SyncRoutes.queue)
    case .listConflicts: .now(SyncRoutes.conflicts)
    case .settleConflict: .later(SyncRoutes.settle)
    case .followEvents: .now(ServiceRoutes.events)
    }
  }
}
