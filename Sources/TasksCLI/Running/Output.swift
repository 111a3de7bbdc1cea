import Glibc
import TasksFiles
import TasksProgram

/// Where data goes: gathered, and written at the end or when there is much of it, to a pager if that is wanted.
///
/// Data goes to the standard output and talk to the standard error, so that a pipe gets data alone.
final class Output {
  /// What errors call the standard output.
  static let path = "standard output"

  private var buffer: [UInt8] = []
  private let environment: Environment
  /// Whether what is longer than the screen is shown by a pager.
  private var usesPager: Bool
  /// The pager, once it has begun.
  private var pager: PipedProgram?
  /// What it was given first, until somebody is known to read it.
  private var unread: [UInt8] = []

  init(environment: Environment, usesPager: Bool) {
    self.environment = environment
    self.usesPager = usesPager && environment.isOutputTerminal && environment.isInputTerminal
    buffer.reserveCapacity(4096)
  }

  func line(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    buffer.append(UInt8(ascii: "\n"))
    try flushIfLarge()
  }

  /// Lets `write` append bytes.
  ///
  /// JSON may hold DEL and the controls above ASCII as they are; on a terminal they are escaped, as it allows.
  func bytes(_ write: (inout [UInt8]) -> Void) throws(FileError) {
    let start = buffer.count
    write(&buffer)
    if environment.isOutputTerminal { escapeControls(from: start) }
    try flushIfLarge()
  }

  private func escapeControls(from start: Int) {
    let written = buffer[start...]
    var isAfterC2 = false
    let isHarmless = written.allSatisfy { byte in
      defer { isAfterC2 = byte == 0xC2 }
      return byte != 0x7F && !(isAfterC2 && byte < 0xA0)
    }
    guard !isHarmless else { return }
    let text = String(decoding: written, as: UTF8.self)
    buffer.removeLast(written.count)
    for scalar in text.unicodeScalars {
      if (0x7F..<0xA0).contains(scalar.value) {
        buffer.append(contentsOf: "\\u00\(String(scalar.value, radix: 16))".utf8)
      } else {
        buffer.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
      }
    }
  }

  /// How much is gathered: more than a pipe holds, so that what was written all of it has found a reader, and more
  /// than any screen.
  private static let large = 1 << 17

  private func flushIfLarge() throws(FileError) {
    guard buffer.count > Output.large, try !handOver() else { return }
    // As where the reader of a pipe has seen enough.
    throw FileError(.write, Self.path, code: EPIPE)
  }

  /// Writes what was gathered, and waits until the person has read it.
  func flush() throws(FileError) {
    let wantsPager = usesPager
    if pager == nil, !isLongerThanScreen { usesPager = false }
    defer { usesPager = wantsPager }
    _ = try handOver()
    guard let pager else { return }
    self.pager = nil
    if Output.isMissing(try pager.finish()) { try writeOut(unread) }
  }

  /// Hands over what was gathered: to the pager, which begins with the first of it, or to the standard output.
  ///
  /// Returns false if the person has quit the pager.
  private func handOver() throws(FileError) -> Bool {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard !buffer.isEmpty else { return true }
    let isFirst = pager == nil
    if isFirst, usesPager, let command = pagerCommand() {
      let options = environment["LESS"] == nil ? ["LESS": "FRX"] : [:]
      pager = try PipedProgram(command, environment: options)
    }
    guard let pager else {
      try writeOut(buffer)
      return true
    }
    unread = isFirst ? buffer : []
    if try pager.write(buffer.span.bytes) { return true }
    self.pager = nil
    guard Output.isMissing(try pager.finish()) else { return false }
    usesPager = false
    try writeOut(unread)
    return true
  }

  /// Whether that is the shell's way to say that there is no such program, or that it cannot be run.
  private static func isMissing(_ ending: ChildProcess.Ending) -> Bool {
    ending == .exited(127) || ending == .exited(126)
  }

  private func writeOut(_ bytes: [UInt8]) throws(FileError) {
    try Descriptor.write(bytes.span.bytes, to: STDOUT_FILENO, path: Self.path)
  }

  private var isLongerThanScreen: Bool {
    guard let terminal = environment.terminal else { return false }
    var lines = 0
    for byte in buffer where byte == UInt8(ascii: "\n") { lines += 1 }
    return lines >= terminal.rows
  }

  /// The pager that the person wants; nil for none.
  private func pagerCommand() -> String? {
    // Nobody asked for less, so that nobody needs to hear that it is missing.
    let less = "command -v less >/dev/null || exit 127; less -R"
    guard environment["TERM"] != "dumb" else { return nil }
    for name in ["TASKS_PAGER", "PAGER"] where environment.isSet(name) {
      let command = environment[name]
      return command == "cat" ? nil : command
    }
    return less
  }
}

/// What is said beside the data.
enum Talk {
  /// Says a line on the standard error.
  ///
  /// There is nobody to tell if that fails.
  static func say(_ text: String) {
    try? Descriptor.write(
      Array((text + "\n").utf8).span.bytes, to: STDERR_FILENO, path: "standard error")
  }
}
