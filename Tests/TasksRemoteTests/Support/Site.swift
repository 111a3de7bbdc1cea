import Foundation
import SSHSupport
import TasksFiles
import TasksRemote
import Testing

/// Where a remote can be, for tests that each of them has to pass.
enum Site: String, CaseIterable, CustomTestStringConvertible {
  case folder
  /// A folder whose calls another thread makes, as in all commands.
  case patientFolder
  /// OpenSSH's own server on a pipe.
  case openSSH
  /// rclone's server, which offers less and answers in its own order.
  case rclone
  /// A server that offers nothing besides version 3, says no sizes, reads in small pieces, renames over what is there, and
  /// answers backwards.
  case strange
  /// OpenSSH's server, reached with our own client.
  case overOwnSSH
  /// The same, with OpenSSH's.
  case overOpenSSH

  var testDescription: String { rawValue }

  static let sftpServer = "/usr/lib/openssh/sftp-server"
  private static let rcloneProgram = "/usr/bin/rclone"

  /// All that this machine has.
  ///
  /// `scripts/dependencies test` brings all.
  static let available = allCases.filter { site in
    switch site {
    case .rclone: FileManager.default.isExecutableFile(atPath: rcloneProgram)
    case .overOwnSSH, .overOpenSSH: SharedSSHServer.isPossible
    default: true
    }
  }

  func remote(at path: String, owner: String = "") -> any Remote {
    switch self {
    case .folder: FolderRemote(path: path, owner: owner)
    case .patientFolder:
      (try? PatientRemote(path: path, owner: owner)) ?? FolderRemote(path: "/nowhere/at/all")
    case .openSSH: SFTPRemote(.openSSH(at: path), owner: owner)
    case .rclone:
      SFTPRemote(
        .init(
          command: [
            Self.rcloneProgram, "--config", "/dev/null", "serve", "sftp", "--stdio", "--copy-links",
            "--dir-cache-time",
            "0", "/",
          ], path: path), owner: owner)
    case .strange:
      SFTPRemote(.strange(path, ["backwards", "bare", "short=20000", "wordless", "clobbers"]))
    case .overOwnSSH: SFTPRemote(.ssh(.own, at: path), owner: owner)
    case .overOpenSSH: SFTPRemote(.ssh(.openSSH, at: path), owner: owner)
    }
  }
}

extension SFTPRemote.Server {
  static func openSSH(at path: String) -> Self {
    Self(command: [Site.sftpServer], path: path)
  }

  /// The server of this process, over SSH.
  static func ssh(
    _ transport: SSHTransport, at path: String, port: Int? = nil
  ) -> Self {
    let program = Programs.helper("tasks-ssh", of: TestPrograms.file("tasks"))
    let ssh = transport == .own ? program : transport.program(beside: nil, searchPath: nil)
    guard let host = SSHHost(host: "nas", port: port) else { fatalError("nas is no host") }
    return transport.server(
      ssh ?? "/nowhere", on: host, path: path,
      options: SSHOptions(
        configuration: SharedSSHServer.configuration, isInBackground: true))
  }

  /// `strange-server.py` with some of its traits, serving a folder.
  static func strange(
    _ path: String, _ traits: [String], patience: Patience = Patience()
  ) -> Self {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "strange-server.py").path
    return Self(
      command: ["/usr/bin/python3", script, "/"] + traits, path: path, patience: patience)
  }
}
