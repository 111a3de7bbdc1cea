import Foundation
import Testing

/// What people read, compared with what was recorded beside the tests.
///
/// `TASKS_RECORD=1 swift test --filter SnapshotTests` records it anew.
enum Snapshot {
  private static let folder = "\(Machine.sources)/Tests/EndToEndTests/Snapshots"
  /// Whether what is read now becomes what is expected.
  static let records = ProcessInfo.processInfo.environment["TASKS_RECORD"] == "1"

  static func expect(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = "\(folder)/\(name).txt"
    let text = settled(text)
    if records {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    let recorded = try? String(contentsOfFile: path, encoding: .utf8)
    #expect(
      recorded?.utf8.elementsEqual(text.utf8) == true,
      """
      \(name) reads differently; if it should, run TASKS_RECORD=1 swift test --filter SnapshotTests
      --- recorded
      \(recorded ?? "nothing")
      --- now
      \(text)
      """, sourceLocation: sourceLocation)
  }

  /// The text with everything that differs from run to run replaced, at the same width.
  private static func settled(_ text: String) -> String {
    text
      .replacing(
        /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "00000000-0000-4000-8000-000000000000"
      )
      .replacing(/\([0-9a-f]{8}\)/, with: "(00000000)")
      .replacing(/\([0-9a-f]{16}\)/, with: "(0000000000000000)")
      .replacing(
        /[0-9a-f]{8}-[-0-9a-f]+\n {11}[-0-9a-f]+/,
        with: "00000000-0000-4000-8000-00000\n           0000000"
      )
      .replacing(
        /(?m)(^|^\d+\. |Created {4}|Changed {4})\w{3} \d+ \w{3} \d{4} \d\d:\d\d/
      ) { "\($0.1)Sat 1 Jan 2000 00:00" }
      .replacing(/(desk|laptop|Found|Ended|on)(,? +)\w{3} \d+ \w{3} \d{4} \d\d:\d\d/) {
        "\($0.1)\($0.2)Sat 1 Jan 2000 00:00"
      }
      .replacing(/Today(\s)\d\d:\d\d/) { "Today\($0.1)00:00" }
      .replacing(/\b[0-9a-f]{16}\b/, with: "0000000000000000")
      .replacing(/(?m)(^|[: ])[0-9a-f]{8}(?=[: \n]|$)/) { "\($0.1)00000000" }
      .replacing(/\/\S*tasks-test-[-0-9A-F]{36}/, with: "/home/ann")
  }
}
