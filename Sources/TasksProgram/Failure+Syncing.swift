import TasksArguments
import TasksFiles
package import TasksFormat
import TasksModel
package import TasksRemote
package import TasksStore
package import TasksSync
import TasksText

extension Failure {
  /// What is wrong with an address that somebody typed, or that is kept.
  package init(_ error: RemoteAddressError, of text: String?) {
    let shown = text.map { "'\($0)'" } ?? "that"
    let forms =
      "for example nas:tasks, sftp://me@host:2222/~/tasks, /mnt/usb/tasks; see tasks remote --help"
    let (message, hint): (String, String) =
      switch error {
      case .empty: ("the address is empty", forms)
      case .controlCharacter: ("\(shown) has control characters in it", forms)
      case .unknownScheme(let scheme):
        (
          "\(scheme) is no way to sync",
          scheme == "ssh"
            ? "for a folder on an SSH server: sftp://HOST/PATH or HOST:PATH"
            : "rclone may know it: 'command:rclone serve sftp --stdio REMOTE:tasks'"
        )
      case .bareWord: ("\(shown) is no address", "a folder here is ./\(text ?? "tasks"); \(forms)")
      case .notAFolder: ("\(shown) is no folder of this machine", "file:///PATH or just /PATH")
      case .noHost: ("\(shown) names no host", forms)
      case .badHost: ("\(shown) has no host, user or port that can be used", forms)
      case .badPath: ("\(shown) has a path that cannot be used", forms)
      case .noPath:
        ("\(shown) does not say which folder", "give it one of its own: \(Self.withFolder(text))")
      case .noCommand: ("after command: there is no command", forms)
      case .password:
        (
          "a password has no place in an address",
          "leave it out: it is asked for, or better, use a key"
        )
      }
    self = .usage(message, hint: hint)
  }

  /// An address that names no folder, with one.
  private static func withFolder(_ text: String?) -> String {
    guard let text else { return "HOST:tasks" }
    let isURL = text.contains("://")
    let isOpen = text.hasSuffix("/") || !isURL && text.hasSuffix(":")
    return text + (isOpen ? "tasks" : "/tasks")
  }

  /// Why a remote could not be synced with, which this device may never have met.
  ///
  /// - Parameter isNew: whether it is about to be cloned, and has no name yet.
  package init(_ error: SyncError, of record: RemoteRecord, isNew: Bool) {
    switch error {
    case .nothingThere where isNew:
      self.init(
        "there is no remote at \(record.url): nobody has sent anything there",
        hint:
          "is the address right? On the device that has the tasks: tasks remote add URL, tasks sync",
        status: .unreachable)
    case .otherSettings where !record.isMet:
      self.init(
        "there is a remote at \(record.url) already, which has another key or none",
        hint:
          "to use that one: tasks remote remove \(record.name), then tasks remote add without --encrypt",
        status: .refused)
    default: self.init(error, remote: isNew ? nil : record.name)
    }
  }

  /// Why a remote could not be synced with.
  ///
  /// - Parameter remote: its name; nil for one that has none yet.
  package init(_ error: SyncError, remote: String?) {
    let name = remote ?? "the remote"
    let command = remote.map { $0 == "origin" ? "" : " \($0)" } ?? ""
    switch error {
    case .address(let error): self.init(error, of: nil)
    case .noProgram(let transport):
      self.init(
        "cannot reach \(name): \(transport == .openSSH ? "ssh" : "tasks-ssh") is not installed",
        hint: transport == .openSSH
          ? "install openssh-client" : "it belongs beside tasks; install tasks again, or OpenSSH",
        status: .unreachable)
    case .noFolder(let path):
      self.init(
        "\(name) is not there: there is no folder \(path)",
        hint: "is the disk mounted? If it should be made: mkdir -p \(ShellQuote.always(path))",
        status: .unreachable)
    case .nothingThere:
      self.init(
        "\(name) has nothing yet: nobody has sent anything there",
        hint: "to send what is here: tasks push\(command)", status: .unreachable)
    case .lost(hasBundles: true):
      self.init(
        "the tasks-remote.json of \(name) is gone: nothing was sent or received",
        hint: "to put it back as it was: tasks push\(command) --refill", status: .unreachable)
    case .lost(hasBundles: false):
      self.init(
        "\(name) is empty now, and was not before: nothing was sent or received",
        hint:
          "is the right disk mounted? If it was emptied, fill it again: tasks push\(command) --refill",
        status: .unreachable)
    case .noSettings:
      self.init(
        "\(name) has bundles, but its tasks-remote.json is missing",
        hint: "a device that knows it puts it back: tasks push --refill, there",
        status: .unreachable)
    case .otherSettings:
      self.init(
        "\(name) is not what it was: its tasks-remote.json says something else",
        hint:
          "nothing was sent. If somebody made it anew on purpose: tasks remote remove and tasks remote add",
        status: .refused)
    case .badSettings:
      self.init(
        "the tasks-remote.json of \(name) is damaged or not written to its end",
        hint:
          "try again in a minute; if it stays so, move it away and: tasks push\(command) --refill",
        status: .damaged)
    case .newer(let version):
      self.init(
        "\(name) was made by a newer version of tasks (format \(version))",
        hint: "install the newer version", status: .failed)
    case .notEncrypted:
      self.init(
        "\(name) says that it is not encrypted, and a passphrase was given",
        hint: "somebody may have changed what it says; if it is right, give no passphrase",
        status: .refused)
    case .noKeys:
      self.init(
        "\(name) is encrypted, and its keys are gone",
        hint: "a device that knows it puts them back: tasks push --refill, there",
        status: .unreachable)
    case .locked:
      self.init(
        "\(name) is encrypted, and there was no passphrase",
        hint: "give it with --passphrase-file or TASKS_PASSPHRASE, or run this on a terminal",
        status: .refused)
    case .clockAhead(let milliseconds, let server):
      let minutes = max(1, milliseconds / 60_000)
      self.init(
        "nothing was sent: edits made here are \(Self.spoken(minutes: minutes)) ahead of the server's clock (\(server))",
        hint: "set this machine's clock; if it is the server's that is wrong: --allow-future",
        status: .failed)
    case .remote(let error, let problem, let attempts):
      let tries = attempts > 1 ? " (tried \(attempts) times)" : ""
      if let problem {
        self.init(problem, remote: name, tries: tries)
      } else {
        self.init(error, remote: name, tries: tries)
      }
    }
  }

  /// What is wrong with the key of an encrypted remote, or with what is there.
  package init(_ error: RemoteFormatError) {
    switch error {
    case .wrongSecret:
      self.init(
        "that is not the passphrase or key file of the remote", hint: "nothing was changed",
        status: .refused)
    case .noSlot:
      self.init(
        "the remote has no key for that kind of secret",
        hint: "perhaps it has a passphrase and you gave a key file, or the other way round",
        status: .refused)
    case .slotForged, .otherKey, .otherRemote:
      self.init(
        "the remote's keys do not belong to it", hint: "somebody may have changed them",
        status: .refused)
    case .newer(let version):
      self.init(
        "the remote was made by a newer version of tasks (format \(version))",
        hint: "install the newer version", status: .failed)
    case .unknownAlgorithm(let name):
      self.init(
        "the remote uses '\(name)', which this version does not know",
        hint: "install the newer version", status: .failed)
    case .noMemory:
      self.init("there is not enough memory to open the remote: it takes 256 MiB", status: .failed)
    case .bundle(let error): self.init(error)
    case .passphraseCost, .document, .slotHash, .sealed, .misnamed, .severalDevices, .secretLength:
      self.init("a file of the remote is damaged", status: .damaged)
    }
  }

  private static func spoken(minutes: Int64) -> String {
    if minutes < 120 { return counted(Int(minutes), "minute") }
    let hours = minutes / 60
    return hours < 48 ? counted(Int(hours), "hour") : counted(Int(hours / 24), "day")
  }
}
