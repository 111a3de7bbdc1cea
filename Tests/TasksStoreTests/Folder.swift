import Foundation
import TasksFiles
import TasksModel

@testable import TasksStore

/// A folder of its own for a store on the disk, removed with the value.
final class Folder {
  let path = NSTemporaryDirectory() + "tasks-store-\(UUID().uuidString)"
  var store: String { path + "/store" }
  var database: String { store + "/tasks.db" }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func open(creating: Bool = true) throws -> Store {
    try Store.open(at: store, creating: creating, zone: .utc)
  }

  /// The files of changes, as `ab/<sha256>.tasks`.
  func changes() throws -> [String] {
    try ChangesDirectory(in: store).entries().map(\.name)
  }

  func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(atPath: path + "/" + name, toPath: path + "/" + other)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }
}
