import TasksFormat
import TasksRemote
import TasksStore

/// What the names of bundles were found to mean in one conversation, which looks at the same ones several times.
final class KnownBundles {
  private var names: [RemoteName: BundleName?] = [:]
  private var spans: [RemoteName: HeldSpan] = [:]

  /// What a file's name says; nil if it is no bundle's.
  func name(_ file: RemoteName) -> BundleName? {
    if let known = names[file] { return known }
    let name = BundleName(file.text)
    names[file] = .some(name)
    return name
  }

  /// What a bundle is here, if that is known and nothing has become of the device since.
  func span(_ file: RemoteName, of device: HeldDevice) -> HeldSpan? {
    guard let span = spans[file], span.device == device else { return nil }
    return span
  }

  func note(_ span: HeldSpan, _ file: RemoteName) { spans[file] = span }
}
