import TasksFiles
package import TasksRemote
import TasksText

extension Failure {
  /// Why a remote did not do what it should.
  package init(_ error: RemoteError, remote: String, tries: String) {
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
  package init(_ problem: ConnectionProblem, remote: String, tries: String) {
    switch problem {
    case .unreachable(let obstacle, let said):
      let (reason, hint): (String, String) =
        switch obstacle {
        case .noSuchName:
          ("there is no host of that name", "look at its address: tasks remote")
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
        hint: "on a terminal it is asked about; or accept it with: \(Self.ssh(to: host))",
        status: .refused)
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
        hint: "sftp must get in without a question; ssh-copy-id gives the server your key",
        status: .refused)
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
      let said = said.split(separator: "\n").last.map(String.init) ?? "the command ended at once"
      self.init(
        "cannot connect to \(remote): \(said)", hint: "look at its address: tasks remote",
        status: .unreachable)
    }
  }

  /// The command that leads to a host, which is `[NAME]:PORT` if it has a port of its own.
  private static func ssh(to host: String) -> String {
    guard let parts = host.wholeMatch(of: #/\[(.*)\]:(\d+)/#) else { return "ssh \(host)" }
    return "ssh -p \(parts.2) \(parts.1)"
  }
}
