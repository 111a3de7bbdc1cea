import Foundation
import TasksRemote
import Testing

/// A folder of its own for a remote, removed with the value.
final class Shelf {
  let path: String
  private let root: String

  init() throws {
    root = NSTemporaryDirectory() + "tasks-remote-\(UUID().uuidString)"
    path = root + "/remote"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var bundles: String { path + "/bundles" }

  /// A remote that is there and empty.
  func made(at site: Site) throws -> any Remote {
    let remote = site.remote(at: path)
    #expect(try remote.create(settings: Array("{}".utf8), folders: [.bundles]) == Array("{}".utf8))
    return remote
  }

  func put(_ content: [UInt8], as name: String) throws {
    try Data(content).write(to: URL(filePath: bundles + "/" + name))
  }

  func content(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: bundles + "/" + name)))
  }

  /// The names in `bundles/`, sorted.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bundles).sorted()
  }
}

extension RemoteName {
  /// A name in a test, which is a good one.
  init(_ text: StaticString) {
    guard let name = RemoteName("\(text)") else { fatalError("\(text) is no name") }
    self = name
  }

  static func numbered(_ number: Int) -> RemoteName {
    guard let name = RemoteName("bundle-\(number).tasks") else { fatalError("no name") }
    return name
  }
}

extension Upload {
  init(_ name: RemoteName, _ content: [UInt8]) {
    self.init(name) { content }
  }
}

extension Remote {
  func publish(_ uploads: [Upload]) throws(RemoteError) -> [Publication] {
    var publications: [Publication] = []
    try publish(uploads, in: .bundles) { publications.append($1) }
    return publications
  }

  func fetch(_ names: [RemoteName]) throws(RemoteError) -> [Fetched] {
    var fetched: [Fetched] = []
    try fetch(names.map { RemoteEntry($0) }, from: .bundles) {
      fetched.append($1)
      return true
    }
    return fetched
  }
}

/// The error that something ends in.
func failure(_ body: () throws -> Void) -> RemoteError? {
  do {
    try body()
    return nil
  } catch {
    return error as? RemoteError
  }
}
