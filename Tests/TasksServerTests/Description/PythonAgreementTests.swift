import Foundation
import TasksModel
import TestSupport
import Testing

@testable import TasksServer

/// What the document says and what the code does, compared by readers of the document that others wrote.
///
/// `TASKS_PYTHON` may name an interpreter that has `jsonschema`; then whole schemas are compared too, and
/// `TASKS_OPENAPI` a file that gets the document, for tools that read it.
@Suite struct PythonAgreementTests {
  /// Runs a script over lines of JSON, and returns what it printed: the lines it does not agree with.
  private func run(_ script: String, _ lines: [JSON]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "tasks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "cases")
    var bytes: [UInt8] = []
    for line in lines {
      JSONWriter.append(line, to: &bytes)
      bytes.append(0x0A)
    }
    try Data(bytes).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let python = ProcessInfo.processInfo.environment["TASKS_PYTHON"] ?? "python3"
    process.arguments = [python, "-c", script, file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }

  private static let rules: [TextRule] = [
    .line, .tag, .text, .someText, .uuid, .date, .dateTime, .sort, .cursor, .conflictID,
    .entityTags,
  ]

  @Test(arguments: SeededGenerator.seeds)
  func expressionsSayWhatTheCodeDoes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var lines: [JSON] = []
    for _ in 0..<500 {
      let text = RandomText.text(using: &generator)
      for rule in Self.rules {
        lines.append([.string(rule.pattern), .string(text), .bool(rule.isAllowed(text))])
      }
    }
    let script = #"""
      import json, re, sys
      count = 0
      for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
          pattern, text, allowed = json.loads(line)
          count += 1
          if (re.search(pattern, text) is not None) != allowed:
              print(ascii(pattern[:40]), ascii(text), allowed)
      print(count)
      """#
    #expect(try run(script, lines) == "\(lines.count)\n")
  }

  @Test(arguments: SeededGenerator.seeds)
  func schemasSayWhatTheCodeDoes(seed: UInt64) throws {
    let bytes = OpenAPIDocument.bytes(version: "0.0.0")
    if let path = ProcessInfo.processInfo.environment["TASKS_OPENAPI"] {
      try Data(bytes).write(to: URL(filePath: path))
    }
    var generator = SeededGenerator(seed: seed)
    var lines: [JSON] = [try JSONParser.parse(bytes)]
    for _ in 0..<100 {
      for (name, schema, example) in Self.bodies {
        var value = example
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
          value = Mutation.apply(to: value, like: schema, using: &generator)
        }
        lines.append([.string(name), value, .bool(schema.violations(in: value).isEmpty)])
      }
    }
    let script = #"""
      import json, sys
      try:
          from jsonschema import Draft202012Validator
      except ImportError:
          print("no jsonschema")
          sys.exit(0)
      lines = open(sys.argv[1], encoding="utf-8", newline="\n")
      components = json.loads(next(lines))["components"]
      validators, allowed_count = {}, 0
      for line in lines:
          name, value, allowed = json.loads(line)
          if name not in validators:
              validators[name] = Draft202012Validator(
                  {"$ref": "#/components/schemas/" + name, "components": components})
          allowed_count += allowed
          if validators[name].is_valid(value) != allowed:
              print(name, ascii(value)[:400], allowed)
      print("some" if allowed_count > 50 else "hardly any", "allowed")
      """#
    let said = try run(script, lines)
    #expect(said == "some allowed\n" || said == "no jsonschema\n", "\(said.prefix(2000))")
  }

  private static let bodies: [(String, Schema, JSON)] = [
    (
      "NewTask", TaskSchemas.newTask,
      ["id": id, "title": "x", "notes": [["text": "a"]], "tags": ["a"]]
    ),
    ("TaskReplacement", TaskSchemas.taskReplacement, TaskSchemas.example),
    ("TaskPatch", TaskSchemas.taskPatch, ["title": "x", "tags": ["a", "b"], "due": "2025-11-21"]),
    (
      "BatchRequest", BatchSchemas.request,
      [
        "items": [
          ["operation": "create", "data": ["title": "x"]],
          ["operation": "update", "id": id, "data": ["due": nil], "if_match": "\"a\""],
          ["operation": "delete", "id": id],
        ]
      ]
    ),
    ("SyncBatch", SyncSchemas.batch, ["items": [["client_id": "a", "data": ["id": "x"]]]]),
    (
      "SyncItem", SyncSchemas.item,
      [
        "client_id": "phone", "operation": "create", "base": nil,
        "data": ["id": "a", "title": "x", "updated_at": "2024-01-15T10:30:00Z"],
      ]
    ),
    ("ConflictChoice", ConflictSchemas.choice, ["action": "take", "loser": 0]),
    ("Problem", ServiceSchemas.problem, Problem(.busy, "x").document),
    ("Task", TaskSchemas.task, TaskSchemas.example),
    ("Conflict", ConflictSchemas.conflict, ConflictSchemas.conflict.resolved.example ?? nil),
    ("SyncStatus", SyncSchemas.status, SyncSchemas.status.resolved.example ?? nil),
  ]
  private static let id: JSON = "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60"
}

/// Changes one thing in a document.
private enum Mutation {
  static func apply(
    to value: JSON, like schema: Schema, using generator: inout SeededGenerator
  ) -> JSON {
    let goesDeeper = Int.random(in: 0..<4, using: &generator) > 0
    switch value {
    case .object(var members):
      switch Int.random(in: 0..<6, using: &generator) {
      case 0 where !members.isEmpty:
        members.remove(at: Int.random(in: 0..<members.count, using: &generator))
      case 1:
        let known = schema.members.map(\.name) + ["loser", "id", "operation", "unknown", "a\0b"]
        let name = known.randomElement(using: &generator) ?? "x"
        members.removeAll { $0.key == name }
        members.append(.init(name, leaf(using: &generator)))
      case 2...5 where goesDeeper && !members.isEmpty:
        let index = Int.random(in: 0..<members.count, using: &generator)
        let inner = schema.members.first { $0.name == members[index].key }?.schema ?? .anything
        let changed = apply(to: members[index].value, like: inner, using: &generator)
        members[index] = .init(members[index].key, changed)
      default: return leaf(using: &generator)
      }
      return .object(members)
    case .array(var values) where goesDeeper && !values.isEmpty:
      let index = Int.random(in: 0..<values.count, using: &generator)
      if Bool.random(using: &generator) {
        values.append(values[index])
      } else {
        values[index] = apply(to: values[index], like: .anything, using: &generator)
      }
      return .array(values)
    default: return leaf(using: &generator)
    }
  }

  private static func leaf(using generator: inout SeededGenerator) -> JSON {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int64.random(in: -2...3, using: &generator))
    case 3:
      return .number(["1.0", "1.5", "-0", "1e2", "1e30"].randomElement(using: &generator) ?? "-0")
    case 4: return .array([.string(RandomText.text(using: &generator))])
    case 5: return .object([.init(RandomText.text(using: &generator), "x")])
    case 6:
      let words = ["H", "M", "pending", "take", "keep", "create", "update", "delete", "*"]
      return .string(words.randomElement(using: &generator) ?? "H")
    case 7:
      let lengths = [100, 101, 200, 201, 500, 501, 16_384, 16_385]
      let letter = ["a", "😀", " "].randomElement(using: &generator) ?? "a"
      return .string(
        String(repeating: letter, count: lengths.randomElement(using: &generator) ?? 1))
    default: return .string(RandomText.text(using: &generator))
    }
  }
}
