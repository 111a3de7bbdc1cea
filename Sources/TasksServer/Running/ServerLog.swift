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
    let now = Environment.readClock().now.description
    switch format {
    case .text:
      write(
        "\(now) \(request.id) \(Self.word(request.method)) \(Self.word(request.path))"
          + " \(request.status) \(request.bytes) B \(request.microseconds) µs")
    case .json:
      write([
        "time": .string(now), "id": .string(request.id), "method": .string(request.method),
        "path": .string(request.path), "status": .integer(Int64(request.status)),
        "bytes": .integer(Int64(request.bytes)), "microseconds": .integer(request.microseconds),
      ])
    }
  }

  private func write(_ document: JSON) {
    write(String(decoding: JSONWriter.bytes(document, style: .canonical), as: UTF8.self))
  }

  /// One call for a line, so that those of several threads do not mix; there is nobody to tell if it fails.
  private func write(_ line: String) {
    try? Descriptor.write(
      Array((line + "\n").utf8).span.bytes, to: STDERR_FILENO, path: "standard error")
  }

  /// What somebody sent, without anything that could begin a line or colour one.
  private static func word(_ text: String) -> String {
    text.isEmpty ? "-" : line(text).replacing(" ", with: "%20")
  }

  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
