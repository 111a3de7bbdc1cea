import TasksModel
import TasksStore

/// Changes and what they did as programs read them: every member is always there but `clock`.
enum HistoryJSON {
  /// A change of the log.
  static func change(_ change: LoggedChange, _ tasks: [LoggedTask]) -> JSON {
    var members: [JSON.Member] = [
      .init("id", .string(change.id.text)),
      .init("device", device(change.device, change.deviceName)),
      .init("seq", .integer(Int64(change.sequence))), .init("v", .integer(Int64(change.version))),
      .init("at", .string(change.at.description)),
    ]
    if let madeAt = change.madeAt, madeAt != change.at {
      members.append(.init("clock", .string(madeAt.description)))
    }
    members += [
      .init("note", text(change.note)), .init("operations", .integer(Int64(change.count))),
      .init("tasks", .array(tasks.map(task))),
    ]
    return .object(members)
  }

  private static func task(_ task: LoggedTask) -> JSON {
    [
      "task": .string(task.id.text), "number": number(task.number), "title": text(task.title),
      "kind": .string(task.isNew ? OperationKind.create.rawValue : task.kind),
      "fields": .array(task.fields.keys.sorted().map { .string($0.name) }),
    ]
  }

  /// An operation in the life of a task.
  static func operation(_ operation: LoggedOperation, ownName: String) -> JSON {
    let name = operation.change == nil ? ownName : operation.deviceName
    return .object(
      times(operation.at, operation.clock) + [
        .init("device", device(operation.device, name)),
        .init("change", text(operation.change?.text)), .init("kind", .string(operation.kind)),
        .init("fields", fields(operation.fields)),
      ])
  }

  /// A change as it was sealed.
  static func sealed(
    _ change: Change, id: ChangeID, at: Instant, bundle: String
  ) -> JSON {
    [
      "id": .string(id.text), "device": device(change.device, change.name),
      "seq": .integer(Int64(change.sequence)), "prev": text(change.previous?.text),
      "note": text(change.note), "v": .integer(Int64(change.version)),
      "at": .string(at.description), "bundle": .string(bundle),
      "ops": .array(
        change.operations.map { operation in
          .object(
            [
              .init("task", .string(operation.task.text)),
              .init("kind", .string(operation.kind)),
            ] + times(operation.at, operation.clock) + [
              .init("over", .array(operation.over.map { .string($0.description) })),
              .init("set", operation.fields.map(JSON.object) ?? .null),
            ])
        }),
    ]
  }

  /// What became of a task between two moments.
  static func difference(_ difference: TaskDifference) -> JSON {
    [
      "task": .string(difference.task.text), "title": text(difference.title),
      "fields": fields(difference.fields),
    ]
  }

  private static func fields(_ changes: [FieldChange]) -> JSON {
    .array(
      changes.map {
        ["field": .string($0.field.name), "from": $0.from ?? .null, "to": $0.to]
      })
  }

  private static func times(_ at: Instant, _ clock: Instant?) -> [JSON.Member] {
    [.init("at", .string(at.description))]
      + (clock.map { [.init("clock", .string($0.description))] } ?? [])
  }

  private static func device(_ id: DeviceID, _ name: String?) -> JSON {
    ["id": .string(id.text), "name": text(name)]
  }

  private static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

  private static func number(_ value: Int?) -> JSON { value.map { .integer(Int64($0)) } ?? .null }
}
