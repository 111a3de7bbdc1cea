import Foundation
import Testing

/// A way to a port of this machine on which each byte takes its time; it ends with the value.
final class FarAway {
  /// Where it begins.
  let port: Int
  private let process = Process()
  private let output = Pipe()

  init(to port: Int, milliseconds: Int) throws {
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "far-away.py").path,
      "\(port)", "\(milliseconds)",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    self.port = try Self.number(output.fileHandleForReading.availableData)
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// How many turns there were; nothing goes that way afterwards.
  func turns() throws -> Int {
    process.terminate()
    return try Self.number(output.fileHandleForReading.readDataToEndOfFile())
  }

  /// From now on nothing arrives, and nobody is told.
  func freeze() { kill(process.processIdentifier, SIGSTOP) }

  private static func number(_ data: Data) throws -> Int {
    try #require(Int(String(decoding: data, as: UTF8.self).split(separator: "\n").first ?? ""))
  }
}
