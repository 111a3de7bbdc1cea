import TasksFiles
import TasksModel
import TasksProgram
import Glibc

/// What the server says on the standard error: a line for every request and for every sync.
struct ServerLog: Sendable {
  let format: ServeOptions.LogFormat

  /// Says something about the server itself.
  func note(_ text: String) {
    let now = Environment.readClock().now.description
    switch format {
    case .text: write("\(now) \(Self.line(text))")
    case .json: write(["time": .string(now), "message": .string(text)])
    }
  }

  /// Says what became of a request.
  func note(_ request: HTTPObservation) {
    let now = Environment.readClock().now
    switch format {
    case .text:
      var line: [UInt8] = []
      line.reserveCapacity(160)
      now.append(to: &line)
      for word in [request.id, request.method, request.path] {
        line.append(UInt8(ascii: " "))
        Self.append(word, to: &line)
      }
      line += " \(request.status) \(request.bytes) B \(request.microseconds) µs".utf8
      write(&line)
    case .json:
      write([
        "time": .string(now.description), "id": .string(request.id),
        "method": .string(request.method), "path": .string(request.path),
        "status": .integer(Int64(request.status)), "bytes": .integer(Int64(request.bytes)),
        "microseconds": .integer(request.microseconds),
      ])
    }
  }

  private func write(_ document: JSON) {
    var line = JSONWriter.bytes(document, style: .canonical)
    write(&line)
  }

  private func write(_ line: String) {
    var line = Array(line.utf8)
    write(&line)
  }

  /// One call for a line, so that those of several threads do not mix; there is nobody to tell if it fails.
  private func write(_ line: inout [UInt8]) {
    line.append(UInt8(ascii: "\n"))
    try? Descriptor.write(line.span.bytes, to: STDERR_FILENO, path: "standard error")
  }

  /// Appends what somebody sent, without anything that could begin a line or colour one.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    if text.isEmpty {
      bytes.append(UInt8(ascii: "-"))
    } else if text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) {
      bytes += text.utf8
    } else {
      bytes += line(text).replacing(" ", with: "%20").utf8
    }
  }

  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
