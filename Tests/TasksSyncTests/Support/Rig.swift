import TasksFormat

/// A remote in a folder of its own, and devices that sync with it.
final class Rig {
  let scratch: Scratch
  let place: Place

  init(_ coding: RemoteCoding = .plain) throws {
    scratch = try Scratch()
    place = Place(path: scratch.path + "/remote", coding: coding)
  }

  func device(_ name: String) throws -> Device { try Device(name, with: place) }

  /// Another place beside the remote.
  func place(_ name: String) -> Place { Place(path: "\(scratch.path)/\(name)") }
}
