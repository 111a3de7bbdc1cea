package import TasksRemote

/// A remote, and how it is reached.
package struct Route {
  package let remote: any Remote
  /// Nil where no SSH is in between.
  package let transport: SSHTransport?
  package let isFolder: Bool
  /// What our own drafts there begin with.
  package let owner: String

  package init(
    _ remote: any Remote, over transport: SSHTransport? = nil, isFolder: Bool = false,
    owner: String = ""
  ) {
    self.remote = remote
    self.transport = transport
    self.isFolder = isFolder
    self.owner = owner
  }
}
