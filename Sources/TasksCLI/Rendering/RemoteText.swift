import TasksModel
import TasksStore
import TasksText

/// A remote, for people and for programs.
enum RemoteText {
  /// A line of `status`.
  static func summary(_ remote: RemoteRecord, _ clock: Clock) -> String {
    let last = max(remote.lastPush?.milliseconds ?? 0, remote.lastPull?.milliseconds ?? 0)
    let time = last > 0 ? HumanTime.full(Instant(milliseconds: last), clock) : "never"
    return "Remote     \(visible(remote.name)), \(visible(remote.url)); last synced: \(time)"
  }

  static func lines(_ remote: RemoteRecord, _ clock: Clock) -> [String] {
    func time(_ instant: Instant?) -> String {
      instant.map { HumanTime.full($0, clock) } ?? "never"
    }
    var lines = [
      "Name       \(visible(remote.name))" + (remote.isDefault ? " (the default)" : ""),
      "Address    \(visible(remote.url))",
      "Sent       \(time(remote.lastPush))",
      "Received   \(time(remote.lastPull))",
    ]
    if let transport = remote.transport { lines.append("Over       \(visible(transport))") }
    if let error = remote.lastError {
      lines.append("Failed     \(time(remote.lastErrorAt)): \(visible(error))")
    }
    return lines
  }

  static func document(_ remote: RemoteRecord) -> JSON {
    func time(_ instant: Instant?) -> JSON { instant.map { .string($0.description) } ?? .null }
    return [
      "name": .string(remote.name), "url": .string(remote.url),
      "default": .bool(remote.isDefault),
      "encrypted": .bool(remote.secret != nil),
      "last_push": time(remote.lastPush), "last_pull": time(remote.lastPull),
      "last_error": remote.lastError.map(JSON.string) ?? .null,
      "last_error_at": time(remote.lastErrorAt),
    ]
  }
}
