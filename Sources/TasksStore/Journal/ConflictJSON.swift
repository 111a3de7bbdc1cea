package import TasksModel

/// A conflict as programs read it.
package struct ConflictJSON {
  /// What this device is called, for what it has not sealed yet.
  let ownName: String

  package init(ownName: String) { self.ownName = ownName }

  package func document(_ conflict: Conflict) -> JSON {
    var members = [
      JSON.Member("id", .string(conflict.id)),
      JSON.Member("task", .string(conflict.taskID.text)),
      JSON.Member("title", conflict.title.map(JSON.string) ?? .null),
      JSON.Member("field", .string(conflict.field.name)),
      JSON.Member("winner", document(conflict.winner)),
      JSON.Member("losers", .array(conflict.losers.map(document))),
      JSON.Member("found_at", .string(conflict.foundAt.description)),
    ]
    if let endedAt = conflict.endedAt {
      members.append(JSON.Member("ended_at", .string(endedAt.description)))
      members.append(JSON.Member("ending", conflict.ending.map(document) ?? .null))
    }
    return .object(members)
  }

  private func document(_ side: Conflict.Side) -> JSON {
    [
      "value": side.value,
      "updated_at": .string(side.at.description),
      "device": [
        "id": .string(side.device.text), "name": .string(side.deviceName ?? ownName),
      ],
      "change": side.change.map { .string($0.text) } ?? .null,
    ]
  }
}
