import TasksModel

/// What concerns all of an encrypted remote.
package struct EncryptionSettings: Hashable, Sendable {
  /// Drawn at random when the remote is made: no file of another remote can be taken for one of this.
  package let remote: HexID
  /// Names the data key, so that a slot that gives another one is found out.
  package let key: HexID

  static let algorithm = "xchacha20poly1305-secretstream"

  package init(remote: HexID, key: HexID) {
    self.remote = remote
    self.key = key
  }

  var json: JSON {
    [
      "algorithm": .string(Self.algorithm), "key": .string(key.text),
      "remote": .string(remote.text),
    ]
  }

  init(_ value: JSON) throws(RemoteFormatError) {
    let object = try RemoteObject(value, path: "encryption")
    let algorithm = try object.text("algorithm")
    guard UTF8Order.areEqual(algorithm, Self.algorithm) else { throw .unknownAlgorithm(algorithm) }
    self.init(remote: try object.id("remote"), key: try object.id("key"))
  }
}
