import TasksArguments
import TasksFiles
import TasksFormat
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import TasksText

extension Failure {
  /// What is wrong with an address that somebody typed, or that is kept.
  init(_ error: RemoteAddressError, of text: String?) {
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
  init(_ error: SyncError, of record: RemoteRecord, isNew: Bool) {
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
  init(_ error: SyncError, remote: String?) {
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
  init(_ error: RemoteFormatError) {
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

  /// Why a remote did not do what it should.
  private init(_ error: RemoteError, remote: String, tries: String) {
    let later = "nothing is lost; try again later"
    switch error {
    case .missing(let path):
      self.init("\(remote) has no \(path)\(tries)", hint: later, status: .unreachable)
    case .refused(let path):
      self.init(
        "\(remote) does not let us into \(path)", hint: "look at its permissions there",
        status: .refused)
    case .notPlain(let path):
      self.init(
        "on \(remote), \(path) is a link or something else than it should be",
        hint: "it was not followed; put a plain folder or file there", status: .refused)
    case .tooLarge(let path):
      self.init("on \(remote), \(path) is too large", status: .damaged)
    case .readOnly:
      self.init(
        "\(remote) is read-only: nothing can be sent there",
        hint: "what is there can still be fetched: tasks pull", status: .unreachable)
    case .full:
      self.init(
        "\(remote) is full", hint: "free some space there; what was sent is there",
        status: .unreachable)
    case .failed(let path, let reason):
      self.init(
        "\(remote) failed at \(path): \(reason)\(tries)", hint: later, status: .unreachable)
    case .disk(let error):
      self.init(
        "\(remote) failed at \(error.path): \(error.reason)", hint: later, status: .unreachable)
    case .unreadable(let name):
      self.init("cannot read what was to be sent as \(name.text)", status: .failed)
    case .notStarted(let error):
      self.init(
        "cannot run what leads to \(remote): \(error.reason)", hint: later, status: .unreachable)
    case .ended(let ending):
      let said = ending.errors.split(separator: "\n").last.map { ": \($0)" } ?? ""
      self.init(
        "the connection to \(remote) ended\(said)\(tries)", hint: later, status: .unreachable)
    case .timedOut(let milliseconds):
      self.init(
        "\(remote) has not answered for \(milliseconds / 1000) seconds\(tries)", hint: later,
        status: .unreachable)
    case .violation(.notSFTP(let start)):
      let text = String(decoding: start.prefix(60), as: UTF8.self)
      self.init(
        "what answers for \(remote) does not speak SFTP: it said '\(text)'",
        hint: "a login script that prints something does that; it must be silent",
        status: .unreachable)
    case .violation:
      self.init(
        "\(remote) answered in a way that no SFTP server does", hint: later, status: .unreachable)
    case .closed:
      self.init("the connection to \(remote) was closed", hint: later, status: .unreachable)
    }
  }

  /// Why there is no connection.
  private init(_ problem: ConnectionProblem, remote: String, tries: String) {
    switch problem {
    case .unreachable(let obstacle, let said):
      let (reason, hint): (String, String) =
        switch obstacle {
        case .noSuchName:
          ("there is no host of that name", "look at its address: tasks remote show")
        case .noResolver: ("no network, it seems", "everything else works without it; sync later")
        case .refused: ("nothing answers there", "does an SSH server run there, at that port?")
        case .timedOut:
          ("it did not answer in time", "is it switched on, and are you in its network?")
        case .noRoute: ("there is no way to it", "is this machine connected?")
        case .other: (said, "nothing is lost; try again later")
        }
      self.init("cannot reach \(remote): \(reason)\(tries)", hint: hint, status: .unreachable)
    case .unknownHost(let key):
      let host = key.host ?? "the host"
      let shown = key.fingerprint.map { " (\(key.type ?? "its") key is \($0))" } ?? ""
      self.init(
        "the host '\(host)' is not known\(shown)",
        hint: "on a terminal it is asked about; or accept it with: ssh \(host)", status: .refused)
    case .hostKeyRefused(let objection, let key):
      let host = key.host ?? "the host"
      let place = key.file.map { file in
        "; it is in \(file)" + (key.line.map { ", line \($0)" } ?? "")
      }
      let reason =
        switch objection {
        case .changed: "the key of '\(host)' is not the one that is known\(place ?? "")"
        case .otherType: "'\(host)' shows a key of another type than the one known\(place ?? "")"
        case .revoked: "the key of '\(host)' is revoked\(place ?? "")"
        }
      self.init(
        reason,
        hint:
          "somebody may be in between. If you know that it changed: ssh-keygen -R '\(host)', then again",
        status: .refused)
    case .loginRefused(let user, let methods):
      let who = user.map { " as '\($0)'" } ?? ""
      let list = methods.isEmpty ? "" : "; it takes \(methods.joined(separator: ", "))"
      self.init(
        "\(remote) does not let us in\(who)\(list)",
        hint: "the same login must work with: sftp, or ssh-copy-id", status: .refused)
    case .unsupported(let reason):
      self.init(
        "cannot connect to \(remote): \(reason)", hint: "install openssh-client",
        status: .unreachable)
    case .noSubsystem:
      self.init(
        "\(remote) lets us in, but has no SFTP",
        hint: "its SSH server needs: Subsystem sftp internal-sftp", status: .unreachable)
    case .lost(let said):
      let said = said.split(separator: "\n").last.map { ": \($0)" } ?? ""
      self.init(
        "the connection to \(remote) was lost\(said)\(tries)",
        hint: "what got through is there; the rest follows the next time", status: .unreachable)
    case .cancelled:
      self.init("stopped", status: .interrupted)
    case .misconfigured(let text):
      self.init("cannot connect to \(remote): \(text)", status: .unreachable)
    case .bug(let text):
      self.init(
        "tasks-ssh failed: \(text)",
        hint: "this is a bug; please report it with the command that led to it", status: .bug)
    case .unknown(let said):
      let said = said.split(separator: "\n").last.map { ": \($0)" } ?? ""
      self.init("cannot connect to \(remote)\(said)", status: .unreachable)
    }
  }
}
