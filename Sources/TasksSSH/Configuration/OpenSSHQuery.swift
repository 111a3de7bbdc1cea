import Glibc
import TasksFiles

/// Asks `ssh -G` what the user's configuration says about a host.
enum OpenSSHQuery {
  /// More than any configuration comes to.
  private static let most = 1 << 20

  /// What it prints; nil where no ssh is installed.
  static func answer(
    _ arguments: ClientArguments, file: String?, until deadline: Deadline
  ) throws(SSHFailure) -> String? {
    let path = getenv("PATH").map { String(cString: $0) }
    guard let program = Programs.find("ssh", in: path) else { return nil }
    var words = [program, "-G"]
    if let file { words += ["-F", file] }
    if let user = arguments.user { words += ["-l", user] }
    if let port = arguments.port { words += ["-p", "\(port)"] }
    words += ["--", arguments.host]

    var output = try Pipe()
    var errors = try Pipe()
    let process: pid_t
    do throws(FileError) {
      process = try ChildProcess.spawn(
        words,
        streams: [
          (ours: output.writer, its: STDOUT_FILENO), (ours: errors.writer, its: STDERR_FILENO),
        ], adding: ["LC_ALL": "C"], defaults: [SIGPIPE])
    } catch {
      throw .misconfigured("\(program): \(error.reason)")
    }
    output.closeWriter()
    errors.closeWriter()
    var isDone = false
    // A command in the configuration (`Match exec`) may never end.
    defer { if !isDone { kill(process, SIGTERM) } }
    while output.isOpen || errors.isOpen {
      var waits = [output.reader, errors.reader].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      guard try Waiting.wait(for: &waits, until: deadline) else {
        throw .misconfigured("ssh -G does not end")
      }
      if waits[0].revents != 0 { output.read(upTo: most) }
      if waits[1].revents != 0 { errors.read(upTo: most) }
    }
    let ending = ChildProcess.wait(for: process, atMost: 10_000)
    isDone = ending != nil
    guard ending == .exited(0) else {
      throw .misconfigured(errors.text.split { $0.isNewline }.first.map(String.init) ?? "ssh -G")
    }
    return output.text
  }

  /// One end for a child, one for us.
  private struct Pipe: ~Copyable {
    private(set) var reader: Int32
    private(set) var writer: Int32
    private var bytes: [UInt8] = []

    init() throws(SSHFailure) {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw .bug("pipe \(errno)") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reader, writer) = (ends[0], ends[1])
    }

    deinit {
      if reader >= 0 { close(reader) }
      if writer >= 0 { close(writer) }
    }

    var isOpen: Bool { reader >= 0 }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func closeWriter() {
      close(writer)
      writer = -1
    }

    mutating func read(upTo most: Int) {
      var piece = [UInt8](repeating: 0, count: 1 << 14)
      let count = Glibc.read(reader, &piece, piece.count)
      if count < 0, errno == EINTR { return }
      guard count > 0, bytes.count < most else {
        close(reader)
        reader = -1
        return
      }
      bytes += piece.prefix(count)
    }
  }
}
