import TasksFormat
import TasksModel
package import TasksRemote
package import TasksStore

/// Finds the way to a remote from where it says it is.
package struct RouteFinder: Sendable {
  /// The running program, beside which our helpers are.
  package var executable: String?
  /// `PATH`, for `ssh`.
  package var searchPath: String?
  package var options: SSHOptions

  package init(executable: String?, searchPath: String?, options: SSHOptions) {
    self.executable = executable
    self.searchPath = searchPath
    self.options = options
  }

  /// Leads to a remote, without connecting to it yet.
  package func route(to record: RemoteRecord, from store: Store) throws -> Route {
    let owner = try Self.owner(store, record)
    let address: RemoteAddress
    do throws(RemoteAddressError) {
      address = try RemoteAddress(record.url)
    } catch {
      throw SyncError.address(error)
    }
    switch address {
    case .folder(let path):
      let remote = try PatientRemote(path: path, owner: owner)
      if let parent = try remote.missingParent() { throw SyncError.noFolder(parent) }
      return Route(remote, isFolder: true, owner: owner)
    case .command(let command):
      let server = SFTPRemote.Server(command: ["/bin/sh", "-c", command], path: "")
      return Route(SFTPRemote(server, owner: owner), owner: owner)
    case .ssh(let host, let path):
      let (transport, program) = try transport(of: record)
      let server = transport.server(program, on: host, path: path, options: options)
      return Route(SFTPRemote(server, owner: owner), over: transport, owner: owner)
    }
  }

  /// Our own client unless OpenSSH was found to be needed, or ours is not installed.
  private func transport(
    of record: RemoteRecord
  ) throws(SyncError) -> (transport: SSHTransport, program: String) {
    let wish = record.transport.flatMap(SSHTransport.init(rawValue:))
    for transport in wish.map({ [$0] }) ?? [.own, .openSSH] {
      if let program = transport.program(beside: executable, searchPath: searchPath) {
        return (transport, program)
      }
    }
    throw .noProgram(wish ?? .own)
  }

  /// Digits that this store's drafts on the remote begin with, and that tell nobody which device it is.
  private static func owner(_ store: Store, _ record: RemoteRecord) throws(StoreError) -> String {
    let text = "draft \(try store.ownDevice.text) \(record.id)"
    return String(Digest(of: Array(text.utf8)).text.prefix(8))
  }
}
