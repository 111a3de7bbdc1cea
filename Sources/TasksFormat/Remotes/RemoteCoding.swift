package import TasksModel

/// How bundles and their names stand on a remote: as they are, or sealed.
///
/// All else about the two is the same.
package enum RemoteCoding: Equatable, Sendable {
  case plain
  case encrypted(RemoteKey)

  /// A device's id as names have it.
  package func device(_ id: DeviceID) -> DeviceID {
    switch self {
    case .plain: id
    case .encrypted(let key): key.hiddenDevice(id)
    }
  }

  /// The sixteen digits that stand for a change's id in names.
  package func tip(_ id: ChangeID) -> String {
    switch self {
    case .plain: id.short
    case .encrypted(let key): key.hiddenTip(id)
    }
  }

  /// The file that a bundle of one device's changes is on the remote.
  ///
  /// On an encrypted one it is another each time, so who wants to publish it again keeps it, or looks whether its tip
  /// is there.
  package func encode(
    _ bundle: Bundle
  ) throws(RemoteFormatError) -> (name: BundleName, bytes: [UInt8]) {
    guard let plain = BundleName(of: bundle), let span = bundle.header.devices.first else {
      throw .severalDevices
    }
    guard case .encrypted(let key) = self else { return (plain, bundle.bytes) }
    let file = try key.seal(
      bundle.bytes, device: span.device, first: span.first, last: span.last, tip: span.tip)
    let name = BundleName(
      device: device(span.device), first: span.first, last: span.last, tip: tip(span.tip),
      hash: Digest(of: file).short)
    // What the plain name could say the hidden one can: its parts have the same form.
    guard let name else { throw .misnamed }
    return (name, file)
  }

  /// The bundle that a file of the remote holds.
  ///
  /// Nothing is used before it was checked: size and hash, then the seal, then the frame within its bounds, then every
  /// line, and at the end whether it is what the name says.
  package func decode(
    _ file: [UInt8], named name: BundleName
  ) throws(RemoteFormatError) -> Bundle {
    let bundle =
      switch self {
      case .plain: try Self.check(file, hash: name.hash)
      case .encrypted(let key): try Self.check(try key.open(file, named: name))
      }
    guard fits(name, bundle.header) else { throw .misnamed }
    return bundle
  }

  /// The bundle's file that a file of the remote holds, for somebody who checks every line when reading it.
  ///
  /// All is checked but the lines: size and hash, the seal, the frame's beginning, and that the header says what the name
  /// says.
  package func open(
    _ file: [UInt8], named name: BundleName
  ) throws(RemoteFormatError) -> [UInt8] {
    var bytes = file
    if case .encrypted(let key) = self { bytes = try key.open(file, named: name) }
    let header: BundleHeader
    do throws(FormatError) {
      let changes = try BundleChanges(bytes, hash: self == .plain ? name.hash : nil)
      header = changes.header
    } catch {
      throw .bundle(error)
    }
    guard fits(name, header) else { throw .misnamed }
    return bytes
  }

  package func fits(_ name: BundleName, _ bundle: Bundle) -> Bool { fits(name, bundle.header) }

  /// Whether a bundle holds what the name of its file says: one device's changes, this range, this tip.
  func fits(_ name: BundleName, _ header: BundleHeader) -> Bool {
    guard header.devices.count == 1, let span = header.devices.first else {
      return false
    }
    return name.device == device(span.device) && name.first == span.first && name.last == span.last
      && UTF8Order.areEqual(name.tip, tip(span.tip))
  }

  private static func check(
    _ bytes: [UInt8], hash: String? = nil
  ) throws(RemoteFormatError) -> Bundle {
    do throws(FormatError) {
      return try Bundle(bytes, hash: hash)
    } catch {
      throw .bundle(error)
    }
  }
}
