import Testing

/// Addresses of remotes as people type them.
@Suite struct RemoteAddressTests {
  private static let forms =
    "for example nas:tasks, sftp://me@host:2222/~/tasks, /mnt/usb/tasks; see tasks remote --help"

  @Test(arguments: [
    ("", "the address is empty", forms),
    ("tasks", "'tasks' is no address", "a folder here is ./tasks; \(forms)"),
    ("a\u{1}b", #"'a\u{1}b' has control characters in it"#, forms),
    ("nas:", "'nas:' does not say which folder", "give it one of its own: nas:tasks"),
    ("nas:~", "'nas:~' does not say which folder", "give it one of its own: nas:~/tasks"),
    (
      "sftp://nas", "'sftp://nas' does not say which folder",
      "give it one of its own: sftp://nas/tasks"
    ),
    (
      "sftp://nas/~/", "'sftp://nas/~/' does not say which folder",
      "give it one of its own: sftp://nas/~/tasks"
    ),
    (":tasks", "':tasks' names no host", forms),
    ("sftp:///tasks", "'sftp:///tasks' names no host", forms),
    ("@nas:tasks", "'@nas:tasks' has no host, user or port that can be used", forms),
    ("sftp://nas:0/x", "'sftp://nas:0/x' has no host, user or port that can be used", forms),
    (
      "sftp://nas:99999/x", "'sftp://nas:99999/x' has no host, user or port that can be used", forms
    ),
    ("$(id):x", "'$(id):x' has no host, user or port that can be used", forms),
    (
      "sftp://me:secret@nas/x", "a password has no place in an address",
      "leave it out: it is asked for, or better, use a key"
    ),
    (
      "me:secret@nas:x", "a password has no place in an address",
      "leave it out: it is asked for, or better, use a key"
    ),
    ("sftp://nas/%00", "'sftp://nas/%00' has a path that cannot be used", forms),
    (
      "ssh://nas/x", "ssh is no way to sync",
      "for a folder on an SSH server: sftp://HOST/PATH or HOST:PATH"
    ),
    (
      "https://example.org/x", "https is no way to sync",
      "rclone may know it: 'command:rclone serve sftp --stdio REMOTE:tasks'"
    ),
    ("file://host/x", "'file://host/x' is no folder of this machine", "file:///PATH or just /PATH"),
    ("file:/x", "'file:/x' is no folder of this machine", "file:///PATH or just /PATH"),
    ("command: ", "after command: there is no command", forms),
  ])
  func whatIsNoAddressIsRefused(text: String, message: String, hint: String) throws {
    let machine = try Machine()
    for words in [["remote", "add", text], ["clone", text]] {
      try machine.run(words).failed(2, message, hint: hint)
    }
    #expect(!Machine.isThere(machine.store))
  }

  @Test func whatLooksLikeAnOptionIsNoHost() throws {
    let machine = try Machine()
    try machine.run("remote", "add", "-oProxyCommand=x:y").failed(2)
    try machine.run("remote", "add", "--", "-oProxyCommand=x:y").failed(2)
    try machine.run("remote", "add", "me@-oProxyCommand=x:y").failed(2)
  }

  @Test(arguments: [
    ("./a/../b", "HOME/a/../b"), (".", "HOME"), ("a/b/", "HOME/a/b"), ("/srv//x/./y/", "/srv/x/y"),
    ("/", "/"), ("file:///srv/a%20b", "file:///srv/a%20b"), ("nas:tasks/", "nas:tasks/"),
  ])
  func aFolderIsKeptWithItsWholePath(text: String, kept: String) throws {
    let machine = try Machine()
    try machine.run("remote", "add", text).succeeded()
    #expect(
      try machine.run("remote").output
        == "origin  \(kept.replacing("HOME", with: machine.home))\n")
  }

  @Test func theTasksThemselvesAreNoRemote() throws {
    let machine = try Machine()
    for folder in [machine.store, "\(machine.store)/changes", "\(machine.store)//remote/"] {
      for words in [["remote", "add", folder], ["clone", folder]] {
        try machine.run(words).failed(2)
      }
    }
    try machine.run("remote", "add", machine.store + "-remote").succeeded()
    try machine.run("remote", "set-url", "origin", "file://\(machine.store)").failed(
      2, "\(machine.store) is where the tasks themselves are",
      hint: "a remote is somewhere else: on a stick, on another disk, on a server")
    try machine.run("--store", "mine", "remote", "add", "./mine/remote").failed(2)
  }

  @Test func aPathInAHintCanBeCopied() throws {
    let machine = try Machine()
    let path = "\(machine.home)/it's here/tasks"
    try machine.run("remote", "add", path).succeeded()
    let outcome = try machine.run("sync").failed(12)
    let command = try #require(outcome.errors.firstMatch(of: /mkdir .*/)).0
    try machine.shell(String(command)).succeeded()
    try machine.run("sync").succeeded()
  }

  @Test(arguments: ["bad name", "", "-x", "a/b", "ünï", String(repeating: "a", count: 41)])
  func whatIsNoNameIsRefused(name: String) throws {
    let machine = try Machine()
    try machine.run("remote", "add", "--", name, "/srv/x").failed(
      2, "'\(name)' is no name for a remote",
      hint: "letters, digits, '-', '.' and '_', for example nas")
    #expect(!Machine.isThere(machine.store))
  }
}
