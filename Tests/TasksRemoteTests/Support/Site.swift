import Foundation
import TasksRemote
import Testing

/// Where a remote can be, for tests that each of them has to pass.
enum Site: String, CaseIterable, CustomTestStringConvertible {
  case folder
  /// OpenSSH's own server on a pipe.
  case openSSH
  /// rclone's server, which offers less and answers in its own order.
  case rclone
  /// A server that offers nothing besides version 3, says no sizes, reads in small pieces, renames over what is there, and
  /// answers backwards.
  case strange

  var testDescription: String { rawValue }

  static let sftpServer = "/usr/lib/openssh/sftp-server"
  private static let rcloneProgram = "/usr/bin/rclone"

  /// All that this machine has.
  ///
  /// `scripts/dependencies test` brings all but rclone.
  static let available = allCases.filter { site in
    site != .rclone || FileManager.default.isExecutableFile(atPath: rcloneProgram)
  }

  func remote(at path: String, owner: String = "") -> any Remote {
    switch self {
    case .folder: FolderRemote(path: path, owner: owner)
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
    }
  }
}

extension SFTPRemote.Server {
  static func openSSH(at path: String) -> Self {
    Self(command: [Site.sftpServer], path: path)
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
