import TasksFormat
import TasksModel
import TasksStore
import TasksText

/// A remote, for people and for programs.
enum RemoteText {
  /// What `status` says of it.
  static func summary(_ remote: RemoteRecord, _ clock: Clock, _ labels: Labels) -> [String] {
    let last = max(remote.lastPush?.milliseconds ?? 0, remote.lastPull?.milliseconds ?? 0)
    let time = last > 0 ? HumanTime.full(Instant(milliseconds: last), clock) : "never"
    let place = "\(visible(remote.name)), \(visible(remote.url))"
    let synced = "last synced: \(time)"
    var lines =
      labels.fits("\(place); \(synced)")
      ? [labels.line("Remote", "\(place); \(synced)")]
      : [labels.line("Remote", place)] + labels.lines("", synced)
    if let error = remote.lastError {
      lines += labels.lines("", "the last try failed: \(visible(error))")
    }
    return lines
  }

  static func lines(_ remote: RemoteRecord, _ clock: Clock, _ labels: Labels) -> [String] {
    func time(_ instant: Instant?) -> String {
      instant.map { HumanTime.full($0, clock) } ?? "never"
    }
    var rows: [(String, String?)] = [
      ("Name", visible(remote.name) + (remote.isDefault ? " (the default)" : "")),
      ("Address", visible(remote.url)),
      ("Encrypted", remote.settings == nil ? nil : isEncrypted(remote) ? "yes" : "no"),
      ("Sent", time(remote.lastPush)),
      ("Received", time(remote.lastPull)),
      ("Over", remote.transport.map { visible($0) }),
    ]
    if let error = remote.lastError {
      rows.append(("Failed", "\(time(remote.lastErrorAt)): \(visible(error))"))
    }
    return rows.flatMap { name, value in
      guard let value else { return [String]() }
      return name == "Address" ? [labels.line(name, value)] : labels.lines(name, value)
    }
  }

  /// Whether it says so, whether or not it was ever opened here.
  private static func isEncrypted(_ remote: RemoteRecord) -> Bool {
    guard let bytes = remote.settings else { return false }
    return (try? RemoteSettings(reading: bytes))?.encryption != nil
  }

  static func document(_ remote: RemoteRecord) -> JSON {
    func time(_ instant: Instant?) -> JSON { instant.map { .string($0.description) } ?? .null }
    return [
      "name": .string(remote.name), "url": .string(remote.url),
      "default": .bool(remote.isDefault),
      "encrypted": .bool(isEncrypted(remote)),
      "last_push": time(remote.lastPush), "last_pull": time(remote.lastPull),
      "last_error": remote.lastError.map(JSON.string) ?? .null,
      "last_error_at": time(remote.lastErrorAt),
    ]
  }
}
