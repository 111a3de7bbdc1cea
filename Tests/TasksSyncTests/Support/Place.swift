import Foundation
import TasksFormat
import TasksModel
import TasksRemote

/// A folder where a remote is, as somebody sees it who is there with a file manager.
struct Place {
  let path: String
  var coding = RemoteCoding.plain

  var bundles: String { path + "/bundles" }
  var settings: String { path + "/tasks-remote.json" }

  /// All names in `bundles/`, sorted; none if there is no such folder.
  func names() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: bundles)) ?? []).sorted()
  }

  /// The names that are of bundles.
  func bundleNames() -> [String] { names().filter { BundleName($0) != nil } }

  func content(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: bundles + "/" + name)))
  }

  func put(_ content: [UInt8], as name: String) throws {
    try Data(content).write(to: URL(filePath: bundles + "/" + name))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: bundles + "/" + name)
  }

  /// Cuts a file off after so many bytes.
  func cutOff(_ name: String, after count: Int) throws {
    try put(Array(content(name).prefix(count)), as: name)
  }

  /// Flips a bit of a file.
  func flip(_ name: String, at place: Int) throws {
    var bytes = try content(name)
    guard !bytes.isEmpty else { return }
    bytes[place % bytes.count] ^= 1
    try put(bytes, as: name)
  }

  func empty() throws {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      try FileManager.default.removeItem(atPath: path + "/" + name)
    }
  }

  var hasSettings: Bool { FileManager.default.fileExists(atPath: settings) }

  func settingsBytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: settings))) }

  /// The changes in a file, if it is a good bundle of the name that it has; else none.
  func changes(in name: String) -> [ChangeID] {
    guard let known = BundleName(name), let bytes = try? content(name),
      let bundle = try? coding.decode(bytes, named: known), var changes = try? bundle.changes()
    else { return [] }
    var ids: [ChangeID] = []
    while let change = try? changes.next() { ids.append(change.id) }
    return ids
  }

  /// All that a device could get there.
  func changes() -> Set<ChangeID> { Set(bundleNames().flatMap(changes(in:))) }
}
