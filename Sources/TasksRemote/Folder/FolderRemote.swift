package import TasksFiles

/// A remote in a folder: a stick, a network disk, a folder that some other program syncs.
///
/// A disk that does not answer holds a call as long as the system lets it; `PatientRemote` is for who will not wait.
package final class FolderRemote: Remote {
  package internal(set) var traffic = Traffic()
  let path: String
  /// Digits that our drafts begin with.
  let owner: String
  private var root: OpenFolder?
  private var open: [RemoteFolder: OpenFolder] = [:]
  /// The draft whose time tells the server's clock, kept because it is as good as any.
  var begun: FolderDraft?
  private var isClosed = false
  private let pulse: Deputy.Pulse?

  package init(path: String, owner: String = "", _ pulse: Deputy.Pulse? = nil) {
    self.path = path
    self.owner = owner
    self.pulse = pulse
  }

  /// The folder that the remote's folder is in, if that is not there: then a disk is not mounted, most likely.
  func missingParent() throws(RemoteError) -> String? {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    guard let slash, slash != path.utf8.startIndex else { return nil }
    let parent = String(path[..<slash])
    try pulse.beat()
    do throws(FileError) {
      return try Directories.kind(of: parent) == .missing ? parent : nil
    } catch {
      throw RemoteError(error)
    }
  }

  deinit { close() }

  package func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey {
    try requireOpen()
    try discardBegun()
    do throws(RemoteError) {
      root = try OpenFolder(at: path, pulse)
      open = [:]
    } catch {
      guard case .missing = error else { throw error }
      return Survey(settings: nil, bundles: nil)
    }
    let settings = try settings()
    let bundles = try list(.bundles)
    var clock: Int64?
    if let first = uploads.first, bundles != nil, let folder = try? folder(.bundles) {
      // What goes wrong here goes wrong again, and is told, when it is published.
      begun = try? draft(first, in: folder)
      clock = begun?.time
    }
    return Survey(settings: settings, bundles: bundles, clock: clock)
  }

  package func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing? {
    let opened: OpenFolder
    do throws(RemoteError) {
      opened = try self.folder(folder)
    } catch {
      guard case .missing = error else { throw error }
      return nil
    }
    var listing = Listing()
    var count = 0
    try opened.forEachName { (bytes) throws(RemoteError) in
      count += 1
      guard count <= RemoteLimits.names + 2 else { throw .violation(.endlessListing) }
      guard let name = RemoteName(bytes) else {
        if !bytes.elementsEqual(".".utf8), !bytes.elementsEqual("..".utf8) {
          listing.strangers += 1
        }
        return
      }
      // It may have gone since.
      guard let info = try opened.information(on: name.text) else { return }
      guard info.isPlainFile else {
        listing.strangers += 1
        return
      }
      listing.add(RemoteEntry(name, size: info.size, modified: info.modified))
    }
    listing.settle()
    return listing
  }

  package func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError) {
    guard !entries.isEmpty else { return }
    let opened = try self.folder(folder)
    for entry in entries where !each(entry.name, fetch(entry.name, from: opened)) { return }
  }

  private func fetch(_ name: RemoteName, from folder: OpenFolder) -> Fetched {
    do throws(RemoteError) {
      guard let content = try read(name.text, in: folder, limit: RemoteLimits.fileSize) else {
        return .missing
      }
      return content.count > RemoteLimits.fileSize ? .tooLarge : .content(content)
    } catch {
      return .failed(error)
    }
  }

  package func remove(_ names: [RemoteName], from folder: RemoteFolder) throws(RemoteError) {
    guard !names.isEmpty else { return }
    let opened = try self.folder(folder)
    var failure: RemoteError?
    for name in names {
      do throws(RemoteError) { _ = try opened.remove(name.text) } catch {
        failure = failure ?? error
      }
    }
    try opened.sync()
    if let failure { throw failure }
  }

  package func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError) {
    let opened = try self.folder(folder)
    let aside = name.text + WellKnown.damaged
    // Twice, as an older one may be in the way.
    if try !opened.rename(name.text, to: aside) {
      _ = try opened.remove(aside)
      _ = try opened.rename(name.text, to: aside)
    }
    try opened.sync()
  }

  package func create(
    settings: [UInt8], folders: [RemoteFolder]
  ) throws(RemoteError) -> [UInt8] {
    try requireOpen()
    try pulse.beat(isLong: true)
    do throws(FileError) {
      try Directories.make(path)
      for folder in folders { try Directories.make(Paths.join(path, folder.rawValue)) }
    } catch {
      throw RemoteError(error)
    }
    let root = try OpenFolder(at: path, pulse)
    self.root = root
    open = [:]
    for folder in folders { _ = try self.folder(folder) }
    if let there = try self.settings() { return there }
    let part = RemoteName.draft(of: owner)
    defer { _ = try? root.remove(part) }
    try root.creating(part).write(settings)
    traffic.sent += settings.count
    _ = try root.rename(part, to: WellKnown.settings)
    try root.sync()
    guard let there = try self.settings() else { throw .missing(WellKnown.settings) }
    return there
  }

  package func freeSpace() throws(RemoteError) -> Int64? { try opened().freeSpace() }

  package func close() {
    try? discardBegun()
    root = nil
    open = [:]
    isClosed = true
  }

  // MARK: Parts

  private func settings() throws(RemoteError) -> [UInt8]? {
    let limit = RemoteLimits.settingsSize
    guard let content = try read(WellKnown.settings, in: opened(), limit: limit) else { return nil }
    guard content.count <= limit else { throw .tooLarge(Paths.join(path, WellKnown.settings)) }
    return content
  }

  /// Reads a file, at most a byte more than `limit`.
  func read(_ name: String, in folder: OpenFolder, limit: Int) throws(RemoteError) -> [UInt8]? {
    guard let file = try folder.reading(name) else { return nil }
    let content = try file.readToEnd(limit: limit + 1)
    traffic.received += content.count
    return content
  }

  private func opened() throws(RemoteError) -> OpenFolder {
    try requireOpen()
    if let root { return root }
    let opened = try OpenFolder(at: path, pulse)
    root = opened
    return opened
  }

  func folder(_ folder: RemoteFolder) throws(RemoteError) -> OpenFolder {
    let root = try opened()
    if let known = open[folder] { return known }
    let opened = try OpenFolder(folder.rawValue, in: root)
    open[folder] = opened
    return opened
  }

  private func requireOpen() throws(RemoteError) {
    guard !isClosed else { throw .closed }
  }
}
