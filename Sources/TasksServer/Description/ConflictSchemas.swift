import TasksModel

/// What the API says of conflicts.
package enum ConflictSchemas {
  /// As the command line writes it: the last two members are there once it has ended.
  package static let conflict = Schema.component(
    "Conflict",
    .object(
      [
        .required("id", .string(.conflictID)), .required("task", .uuid),
        .required("title", .string.orNull), .required("field", .string),
        .required("winner", side),
        .required("losers", .array(of: side).saying("The latest first.")),
        .required("found_at", .dateTime), .optional("ended_at", .dateTime),
        .optional("ending", side.orNull),
      ], others: .anything
    ).example(example))

  private static let side = Schema.component(
    "ConflictSide",
    .object(
      [
        .required("value", .anything), .required("updated_at", .dateTime),
        .required(
          "device",
          .object([.required("id", .string), .required("name", .string)], others: .anything)),
        .required("change", .string.orNull.saying("Null while it has not been sealed.")),
      ], others: .anything))

  package static let choice = Schema.component(
    "ConflictChoice",
    .tagged(
      by: "action",
      [
        .init(
          tag: "take",
          schema: .component(
            "ConflictTake",
            .object([
              .required("action", .choice(["take"])),
              .required(
                "loser",
                .integer(0).saying(
                  "Which of the losers, counted from 0; 409 if there is none.")),
            ]))),
        .init(
          tag: "keep",
          schema: .component("ConflictKeep", .object([.required("action", .choice(["keep"]))]))),
      ]
    ).example(["action": "take", "loser": 0]))

  private static let example: JSON = [
    "id": "3f2a9c1e7b00aa11", "task": "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60",
    "title": "Water the plants", "field": "title",
    "winner": [
      "value": "Water the plants", "updated_at": "2025-11-21T12:40:00.000Z",
      "device": ["id": "3f2a9c1e7b00aa11", "name": "laptop"], "change": nil,
    ],
    "losers": [
      [
        "value": "Water all plants", "updated_at": "2025-11-21T12:39:00.000Z",
        "device": ["id": "77b0c1d2e3f40516", "name": "phone"], "change": "77b0c1d2e3f40516:4",
      ]
    ], "found_at": "2025-11-21T12:45:00.000Z",
  ]
}
