import Foundation
import Testing

/// A task as `--json` prints it: every member is always there, and no other.
struct TaskDocument: Equatable {
  struct Note: Equatable {
    let id: String
    let at: String
    let text: String
  }

  let id: String
  let number: Int?
  let title: String?
  let description: String?
  let completed: Bool
  let completedAt: String?
  let project: String?
  let priority: String?
  let due: String?
  let wait: String?
  let tags: [String]
  let notes: [Note]
  let createdAt: String
  let updatedAt: String
  let isDeleted: Bool
  let syncStatus: String
  let serverID: String?
  let lastSyncedAt: String?
  /// Fields this version does not know, as canonical JSON.
  let fields: String

  static let members: Set<String> = [
    "id", "number", "title", "description", "completed", "completed_at", "project", "priority",
    "due", "wait", "tags", "notes", "created_at", "updated_at", "is_deleted", "sync_status",
    "server_id", "last_synced_at", "fields",
  ]

  init(_ document: Any) throws {
    let object = try #require(document as? [String: Any], "a task is an object")
    try #require(Set(object.keys) == Self.members)
    func optional<Value>(_ key: String, _ type: Value.Type = Value.self) throws -> Value? {
      guard let value = object[key], !(value is NSNull) else { return nil }
      return try #require(value as? Value, "\(key) is \(value)")
    }
    func required<Value>(_ key: String, _ type: Value.Type = Value.self) throws -> Value {
      try #require(try optional(key, type), "\(key) is null")
    }
    id = try required("id")
    number = try optional("number")
    title = try optional("title")
    description = try optional("description")
    completed = try required("completed")
    completedAt = try optional("completed_at")
    project = try optional("project")
    priority = try optional("priority")
    due = try optional("due")
    wait = try optional("wait")
    tags = try required("tags")
    notes = try required("notes", [[String: String]].self).map { note in
      try #require(Set(note.keys) == ["id", "at", "text"])
      return Note(id: note["id"] ?? "", at: note["at"] ?? "", text: note["text"] ?? "")
    }
    createdAt = try required("created_at")
    updatedAt = try required("updated_at")
    isDeleted = try required("is_deleted")
    syncStatus = try required("sync_status")
    serverID = try optional("server_id")
    lastSyncedAt = try optional("last_synced_at")
    let others = try JSONSerialization.data(
      withJSONObject: try required("fields", [String: Any].self), options: .sortedKeys)
    fields = String(decoding: others, as: UTF8.self)
  }

  /// Everything but the time of the last write, which an edit and its undoing both move.
  var content: TaskDocument.Content {
    Content(
      id: id, title: title, description: description, completed: completed, project: project,
      priority: priority, due: due, wait: wait, tags: tags, notes: notes.map(\.text),
      isDeleted: isDeleted, fields: fields)
  }

  struct Content: Hashable {
    let id: String
    let title: String?
    let description: String?
    let completed: Bool
    let project: String?
    let priority: String?
    let due: String?
    let wait: String?
    let tags: [String]
    let notes: [String]
    let isDeleted: Bool
    let fields: String
  }
}
