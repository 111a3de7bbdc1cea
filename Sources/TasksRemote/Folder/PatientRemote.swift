package import TasksFiles

/// A remote in a folder, which ends like a silent server if the disk does not answer.
///
/// All calls to the system are made by a `Deputy`.
package final class PatientRemote: Remote {
  private let deputy: Deputy
  private let patience: Int
  /// Used by the deputy alone, which frees it; nil once we gave it up.
  private var remote: (any Remote)?
  package private(set) var traffic = Traffic()
  /// Whether something was begun that has to be finished or discarded.
  private var hasDrafts = false

  /// Milliseconds within which a disk answers to a call: as long as a server has.
  package static let usualPatience = 30_000

  /// Leads to a folder.
  package convenience init(path: String, owner: String) throws(RemoteError) {
    try self.init { FolderRemote(path: path, owner: owner, $0) }
  }

  package init(
    patience: Int = usualPatience, _ make: (Deputy.Pulse) -> any Remote
  ) throws(RemoteError) {
    // Others are held there already, and one more would not fare better.
    guard let deputy = Deputy(patience: patience) else { throw .timedOut(milliseconds: patience) }
    self.deputy = deputy
    self.patience = patience
    remote = make(deputy.pulse)
  }

  deinit { close() }

  /// The folder that the remote's folder is in, if that is not there.
  package func missingParent() throws(RemoteError) -> String? {
    try perform { remote throws(RemoteError) in
      try (remote as? FolderRemote)?.missingParent()
    }
  }

  package func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey {
    hasDrafts = !uploads.isEmpty
    return try perform(asking: { uploads[$0].content() }) { remote, ask throws(RemoteError) in
      try remote.survey(drafting: Self.asked(uploads.map(\.name), ask))
    }
  }

  package func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing? {
    try perform { remote throws(RemoteError) in try remote.list(folder) }
  }

  package func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError) {
    guard !entries.isEmpty else { return }
    try perform(asking: { (file: (RemoteName, Fetched)) in each(file.0, file.1) }) {
      remote, ask throws(RemoteError) in
      try remote.fetch(entries, from: folder) { ask(($0, $1)) ?? false }
    }
  }

  private enum Question {
    case content(Int)
    case happened(RemoteName, Publication)
  }

  package func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    guard hasDrafts || !uploads.isEmpty else { return }
    hasDrafts = false
    let names = uploads.map(\.name)
    func answer(_ question: Question) -> [UInt8]? {
      switch question {
      case .content(let index): return uploads[index].content()
      case .happened(let name, let publication):
        each(name, publication)
        return nil
      }
    }
    try perform(asking: answer) { remote, ask throws(RemoteError) in
      try remote.publish(Self.asked(names) { ask(.content($0)) }, in: folder) {
        _ = ask(.happened($0, $1))
      }
    }
  }

  package func remove(
    _ names: [RemoteName], from folder: RemoteFolder
  ) throws(RemoteError) {
    try perform { remote throws(RemoteError) in try remote.remove(names, from: folder) }
  }

  package func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError) {
    try perform { remote throws(RemoteError) in try remote.setAside(name, in: folder) }
  }

  package func create(
    settings: [UInt8], folders: [RemoteFolder]
  ) throws(RemoteError) -> [UInt8] {
    try perform { remote throws(RemoteError) in
      try remote.create(settings: settings, folders: folders)
    }
  }

  package func freeSpace() throws(RemoteError) -> Int64? {
    try perform { remote throws(RemoteError) in try remote.freeSpace() }
  }

  package func close() {
    guard remote != nil else { return }
    try? perform { remote throws(RemoteError) in remote.close() }
    // Nothing of it is open any more.
    remote = nil
    deputy.end()
  }

  /// Files whose contents are asked for by their places.
  private static func asked(
    _ names: [RemoteName], _ content: @escaping (Int) -> [UInt8]??
  ) -> [Upload] {
    names.enumerated().map { index, name in Upload(name) { content(index) ?? nil } }
  }

  private func perform<Value>(
    _ body: @escaping (any Remote) throws(RemoteError) -> Value
  ) throws(RemoteError) -> Value {
    try perform(asking: { (_: Never) -> Never in }) { remote, _ throws(RemoteError) in
      try body(remote)
    }
  }

  private func perform<Question, Answer, Value>(
    asking answer: (Question) -> Answer,
    _ body:
      @escaping (any Remote, @escaping (Question) -> Answer?) throws(RemoteError) -> Value
  ) throws(RemoteError) -> Value {
    guard let remote else { throw isGivenUp ? .timedOut(milliseconds: patience) : .closed }
    let outcome = deputy.perform(asking: answer) { ask -> (Result<Value, RemoteError>, Traffic) in
      let result = Result { () throws(RemoteError) in try body(remote, ask) }
      return (result, remote.traffic)
    }
    guard let (result, traffic) = outcome else {
      isGivenUp = true
      self.remote = nil
      throw .timedOut(milliseconds: patience)
    }
    self.traffic = traffic
    return try result.get()
  }

  private var isGivenUp = false
}
