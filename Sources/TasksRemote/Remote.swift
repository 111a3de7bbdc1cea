/// A place where devices leave bundles for each other.
///
/// ```
/// tasks-remote.json     what this is; written once
/// keys/                 key slots of an encrypted remote
/// bundles/              files that never change, under names that tell their content
/// bundles/.<x>.part     a draft: being written
/// ```
///
/// Everything comes in batches, so that a distant server is not waited for file by file. What a remote may do, and what it
/// may not, is in one suite of tests that each kind has to pass (`RemoteConformanceTests`); push and pull know no kinds.
///
/// A remote is used by one thread. Once it has thrown an error that ends the connection
/// (`RemoteError.endsConnection`), every further call throws it again: connect anew with a new remote.
package protocol Remote: AnyObject {
  /// What this has cost so far.
  var traffic: Traffic { get }

  /// Connects if need be, and says what is there.
  ///
  /// Of `uploads` as many as is sensible are begun meanwhile, as drafts in `bundles/`, in turns that are needed anyway.
  /// `publish` finishes or discards them. A draft that cannot be written is not an error here, as the place may turn out to
  /// be none; `publish` tells it.
  func survey(drafting uploads: [Upload]) throws(RemoteError) -> Survey

  /// What a folder holds now; nil if there is no such folder.
  func list(_ folder: RemoteFolder) throws(RemoteError) -> Listing?

  /// Reads files and hands over each when it is here, in the order of `entries`.
  ///
  /// What is held at a time does not grow with their number. `each` returns false to stop.
  func fetch(
    _ entries: [RemoteEntry], from folder: RemoteFolder, each: (RemoteName, Fetched) -> Bool
  ) throws(RemoteError)

  /// Writes files so that their names never stand for parts of them, and tells of each once it will last.
  ///
  /// Nothing is ever replaced. Drafts that `survey` began are finished if they are among `uploads`, and discarded
  /// otherwise. A file that fails keeps those after it from being begun; then those that got through are told first, and the
  /// first failure is thrown.
  func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError)

  /// Removes files; one that is not there is fine.
  func remove(_ names: [RemoteName], from folder: RemoteFolder) throws(RemoteError)

  /// Renames a file to `<name>.damaged`, where no listing shows it and a person still finds it.
  ///
  /// An older one of that name is replaced. Throws `missing` if the file has gone, as another device may have been faster.
  func setAside(_ name: RemoteName, in folder: RemoteFolder) throws(RemoteError)

  /// Makes the folders that are missing, and writes `tasks-remote.json` unless there is one.
  ///
  /// Returns what is in it then: `settings`, or what somebody else wrote before.
  func create(settings: [UInt8], folders: [RemoteFolder]) throws(RemoteError) -> [UInt8]

  /// How many bytes may still be written there; nil if the place does not say.
  func freeSpace() throws(RemoteError) -> Int64?

  /// Discards unfinished drafts and ends the connection. Nothing else may be called after it.
  func close()
}

/// Bounds that hold for every remote, whatever it says.
package enum RemoteLimits {
  /// No file there is larger; of a larger one only a byte more is read.
  package static let fileSize = 4 << 20
  /// `tasks-remote.json` is not larger.
  package static let settingsSize = 64 << 10
  /// A listing with more names is not believed to end.
  package static let names = 200_000
  /// How many drafts may be open at once.
  ///
  /// Servers allow about a thousand.
  static let drafts = 100
  /// How many bytes of drafts `survey` sends before anybody knows whether they are wanted.
  static let ahead = 1 << 20
  /// How many bytes of files may be asked for and not yet handed over, besides the one that is next.
  static let lookahead = 4 << 20
}
