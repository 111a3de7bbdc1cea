import TasksFiles
import TasksFormat
import TasksModel
import Testing

/// Files of released versions are read for ever; see `Tests/Fixtures/format-1/README.md`.
@Suite struct FixtureTests {
  static let folder =
    Array("\(#filePath)".split(separator: "/").dropLast(2))
    .reduce("") { $0 + "/" + $1 } + "/Fixtures/format-1"

  @Test(arguments: ["chain", "stick", "by-hand"])
  func aFrozenBundleIsReadAsEver(name: String) throws {
    let bundle = try Bundle(file: "\(Self.folder)/\(name).tasks")
    let expected = try FileHandle("\(Self.folder)/\(name).json", flags: FileHandle.forReading)
    #expect(
      try Self.description(of: bundle)
        == String(decoding: try expected.readToEnd(), as: UTF8.self))
  }

  /// All that a reader gets out of a bundle, as text.
  static func description(of bundle: Bundle) throws -> String {
    let devices = bundle.header.devices.map { span -> JSON in
      [
        "device": .string(span.device.text), "first": .integer(Int64(span.first)),
        "last": .integer(Int64(span.last)), "tip": .string(span.tip.text),
      ]
    }
    let value: JSON = [
      "sha256": .string(bundle.digest.text), "devices": .array(devices),
      "changes": .array(try BundleTests.changes(bundle).map(describe)),
    ]
    return String(decoding: JSONWriter.bytes(value, style: .pretty), as: UTF8.self) + "\n"
  }

  private static func describe(_ sealed: SealedChange) -> JSON {
    let change = sealed.change
    return [
      "id": .string(sealed.id.text), "version": .integer(Int64(change.version)),
      "device": .string(change.device.text), "name": .string(change.name),
      "sequence": .integer(Int64(change.sequence)),
      "previous": change.previous.map { .string($0.text) } ?? nil,
      "note": change.note.map { .string($0) } ?? nil,
      "operations": .array(change.operations.map(describe)),
    ]
  }

  private static func describe(_ operation: Operation) -> JSON {
    [
      "task": .string(operation.task.text), "kind": .string(operation.kind),
      "at": .integer(operation.at.milliseconds),
      "clock": operation.clock.map { .integer($0.milliseconds) } ?? nil,
      "over": .array(operation.over.map { .string($0.description) }),
      "fields": operation.fields.map { .object($0) } ?? nil,
    ]
  }
}
