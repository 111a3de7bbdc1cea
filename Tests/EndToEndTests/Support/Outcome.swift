import Foundation
import Testing

/// What a run of a program came to.
struct Outcome: CustomStringConvertible {
  let status: Int32
  let bytes: [UInt8]
  let errorBytes: [UInt8]

  var output: String { String(decoding: bytes, as: UTF8.self) }
  var errors: String { String(decoding: errorBytes, as: UTF8.self) }

  var lines: [String] { Self.lines(output) }
  var errorLines: [String] { Self.lines(errors) }

  var description: String { "status \(status)\n--- output\n\(output)--- errors\n\(errors)" }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

// MARK: - Data

extension Outcome {
  /// The one JSON document that was printed.
  func document() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
  }

  func object() throws -> [String: Any] {
    try #require(try document() as? [String: Any], "an object: \(self)")
  }

  /// The tasks of an array, as `--json` prints them.
  func tasks() throws -> [TaskDocument] {
    try #require(try document() as? [Any], "an array: \(self)").map(TaskDocument.init)
  }

  /// The one task that was printed.
  func task() throws -> TaskDocument {
    let document = try document()
    if let array = document as? [Any], array.count == 1 { return try TaskDocument(array[0]) }
    return try TaskDocument(document)
  }

  /// The objects on the lines, as `--jsonl` prints them.
  func lineObjects() throws -> [[String: Any]] {
    try lines.map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }
}

// MARK: - Expectations

extension Outcome {
  /// Expects success.
  @discardableResult
  func succeeded(sourceLocation: SourceLocation = #_sourceLocation) -> Outcome {
    #expect(status == 0, "\(self)", sourceLocation: sourceLocation)
    return self
  }

  /// Expects exactly one error line, at most one hint, nothing else, and that status.
  @discardableResult
  func failed(
    _ expected: Int32, _ message: String? = nil, hint: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Outcome {
    #expect(status == expected, "\(self)", sourceLocation: sourceLocation)
    #expect(output == "", sourceLocation: sourceLocation)
    let lines = errorLines
    #expect(
      lines.filter { $0.hasPrefix("tasks: ") }.count == 1, "\(self)", sourceLocation: sourceLocation
    )
    #expect((1...2).contains(lines.count), "\(self)", sourceLocation: sourceLocation)
    if lines.count == 2 {
      #expect(lines[1].hasPrefix("hint: "), "\(self)", sourceLocation: sourceLocation)
    }
    #expect(!errorBytes.contains(0x1b), "raw escape", sourceLocation: sourceLocation)
    if let message {
      #expect(lines.first == "tasks: \(message)", sourceLocation: sourceLocation)
    }
    if let hint { #expect(lines.last == "hint: \(hint)", sourceLocation: sourceLocation) }
    return self
  }
}
