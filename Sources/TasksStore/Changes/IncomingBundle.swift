/// A bundle's file that is to be taken in.
package struct IncomingBundle {
  /// Where on a remote a bundle was read.
  package struct Origin {
    let remote: RemoteRecord
    let name: String

    package init(_ name: String, on remote: RemoteRecord) {
      self.remote = remote
      self.name = name
    }
  }

  let bytes: [UInt8]
  /// The start of its SHA-256, where its name states it.
  let hash: String?
  let origin: Origin?

  package init(_ bytes: [UInt8], hash: String? = nil, origin: Origin? = nil) {
    self.bytes = bytes
    self.hash = hash
    self.origin = origin
  }
}
