import TasksRemote

/// A remote that tells a test of every call, so that something may happen in between.
final class Interposed: Remote {
  enum Call { case survey, list, fetch, fetched, publish, remove, setAside, create }

  private let remote: any Remote
  private let refusesSettingAside: Bool
  private let refusesRemoving: Bool
  private let happens: (Call) -> Void

  init(
    _ remote: any Remote, refusesSettingAside: Bool = false, refusesRemoving: Bool = false,
    happens: @escaping (Call) -> Void
  ) {
    self.remote = remote
    self.refusesSettingAside = refusesSettingAside
    self.refusesRemoving = refusesRemoving
    self.happens = happens
  }

  var traffic: Traffic { remote.traffic }

  func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey {
    happens(.survey)
    return try remote.survey(drafting: uploads)
  }

  func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing? {
    happens(.list)
    return try remote.list(folder)
  }

  func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError) {
    happens(.fetch)
    try remote.fetch(entries, from: folder, each: each)
    happens(.fetched)
  }

  func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    happens(.publish)
    try remote.publish(uploads, in: folder, each: each)
  }

  func remove(_ names: [RemoteName], from folder: RemoteFolder) throws(RemoteError) {
    happens(.remove)
    if refusesRemoving { throw .refused(names.first?.text ?? "") }
    try remote.remove(names, from: folder)
  }

  func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError) {
    happens(.setAside)
    if refusesSettingAside { throw .refused(name.text) }
    try remote.setAside(name, in: folder)
  }

  func create(
    settings: [UInt8], folders: [RemoteFolder]
  ) throws(RemoteError) -> [UInt8] {
    happens(.create)
    return try remote.create(settings: settings, folders: folders)
  }

  func freeSpace() throws(RemoteError) -> Int64? { try remote.freeSpace() }

  func close() { remote.close() }
}
