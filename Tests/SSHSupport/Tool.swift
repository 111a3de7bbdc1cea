import Foundation

/// Programs that tests run to their end.
package enum Tool {
  package struct Failure: Error {
    let words: [String]
    let status: Int32
    let errors: String
  }

  /// Words before a command that is to hear signals: threads that run tests hold them back, and children take that over.
  package static let unblocked = ["/usr/bin/env", "--default-signal"]

  /// What it prints; throws if it fails.
  @discardableResult
  package static func run(
    _ words: [String], environment: [String: String] = [:], mayFail: Bool = false
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard mayFail || process.terminationStatus == 0 else {
      throw Failure(
        words: words, status: process.terminationStatus,
        errors: String(decoding: complaint, as: UTF8.self))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
