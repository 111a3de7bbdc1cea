import TasksFiles
import TasksModel
import TasksProgram
import TasksStore

/// What the server says of itself.
enum ServiceRoutes {
  static func root(_ service: Service, _ call: Call) throws -> HTTPResponse {
    .json(
      200,
      document: [
        "name": "tasks", "version": .string(Version.number),
        "links": [
          "conflicts": "/api/sync/conflicts", "events": "/api/events", "health": "/health",
          "openapi": "/openapi.json", "queue": "/api/sync/queue", "status": "/api/sync/status",
          "tasks": "/api/tasks",
        ],
      ])
  }

  static func openAPI(_ service: Service, _ call: Call) throws -> HTTPResponse {
    .json(200, service.needsToken ? document : openDocument)
  }

  private static let document = OpenAPIDocument.bytes(version: Version.number)
  private static let openDocument = OpenAPIDocument.bytes(
    APIRoutes.all.map(\.withoutToken), version: Version.number)

  /// With less space on the disk an edit is likely to fail.
  private static let leastSpace: Int64 = 1 << 20

  static func health(_ service: Service, _ call: Call) throws -> HTTPResponse {
    var problems: [String] = []
    var length: Int?
    do {
      length = try service.readers.read { try $0.store.queueLength() }
    } catch {
      problems.append(words(error))
    }
    let isReadable = problems.isEmpty
    do {
      try service.readers.read { reading in
        // If somebody writes, it can be written to.
        do { try reading.store.checkWritable() } catch StoreError.busy {}
      }
      if Directories.freeSpace(service.directory).map({ $0 < Self.leastSpace }) ?? false {
        throw StoreError.diskFull
      }
    } catch {
      problems.append(words(error))
    }
    let isWritable = isReadable && problems.isEmpty
    let areChangesWritable = service.canWriteChanges
    if !areChangesWritable { problems.append("the folder of changes cannot be written to") }
    let isWell = problems.isEmpty
    let lastSync = service.state.now.lastSync.map { JSON.string($0.description) }
    let document: JSON = [
      "status": .string(isWell ? "ok" : "failing"), "database_readable": .bool(isReadable),
      "database_writable": .bool(isWritable), "changes_writable": .bool(areChangesWritable),
      "last_sync": lastSync ?? .null,
      "queue_length": length.map { JSON.integer(Int64($0)) } ?? .null,
      "problems": .array(problems.map(JSON.string)),
    ]
    return .json(isWell ? 200 : 503, document: document)
  }

  /// What is wrong, without saying where things are.
  private static func words(_ error: any Error) -> String {
    switch error {
    case StoreError.diskFull: "the disk is full"
    case StoreError.readOnly: "the store is read-only"
    case StoreError.missing, StoreError.lost: "the store is gone"
    case StoreError.damaged, StoreError.foreign: "the store is damaged"
    default: "the store cannot be used"
    }
  }

  static func events(_ service: Service, _ call: Call) throws -> HTTPResponse {
    let stream = EventStream()
    try service.feed.follow(stream, after: call.values.integer("Last-Event-ID").map(Int64.init))
    service.called.ring()
    return .events(stream)
  }
}
