package import TasksFiles

/// Why a remote did not do what it was asked to.
///
/// Facts; the words are the command line's.
package enum RemoteError: Error, Equatable, Sendable {
  /// Something that has to be there is not.
  case missing(String)
  /// Whoever we are there may not do this.
  case refused(String)
  /// A link, a folder or a device stands where a plain file or folder has to. It was not followed.
  case notPlain(String)
  /// A file of ours holds more than it ever does.
  case tooLarge(String)
  case readOnly(String)
  /// No space is left, or not for us.
  case full(String)
  /// The server says that it failed, in its own words, and nobody knows why.
  case failed(String, reason: String)
  /// A call to the system about a folder failed for another reason.
  case disk(FileError)
  /// The content of a file to be published could not be read here.
  case unreadable(RemoteName)
  /// The command that was to lead to the server could not be started.
  case notStarted(FileError)
  /// The command that leads to the server ended.
  case ended(ServerEnding)
  /// The server was silent for longer than it may be.
  case timedOut(milliseconds: Int)
  /// What answers does not keep to the protocol.
  case violation(Violation)
  /// The remote was closed.
  case closed

  /// How a server broke the protocol.
  package enum Violation: Equatable, Sendable {
    /// The first answer was no SFTP packet, as when a login script prints something: the start of it.
    case notSFTP([UInt8])
    case version(UInt32)
    case packetLength(UInt32)
    /// An answer to something that was not asked.
    case unaskedAnswer(UInt32)
    /// An answer of a kind that does not fit the question, or whose parts do not fit into it.
    case malformed(type: UInt8)
    /// Answers that are longer than any to what was asked.
    case flood
    /// A listing with more names than anybody has.
    case endlessListing
    /// A file that comes in crumbs.
    case endlessFile
  }

  /// Whether nothing more can be had over this connection.
  package var endsConnection: Bool {
    switch self {
    case .notStarted, .ended, .timedOut, .violation, .closed: true
    default: false
    }
  }
}

/// How the command that leads to a server ended.
package struct ServerEnding: Equatable, Sendable {
  /// Nil if it closed its output and went on running.
  package let ending: ChildProcess.Ending?
  /// Whether it had answered as an SFTP server before.
  package let hadAnswered: Bool
  /// The end of what it wrote to its standard error.
  package let errors: String
  /// The start of what it wrote to file descriptor 3, where our own helpers say what went wrong.
  package let report: String

  package init(
    ending: ChildProcess.Ending?, hadAnswered: Bool, errors: String = "", report: String = ""
  ) {
    self.ending = ending
    self.hadAnswered = hadAnswered
    self.errors = errors
    self.report = report
  }
}
