import Foundation
import Testing

/// What the server answered.
struct ServedAnswer: CustomStringConvertible {
  let status: Int
  let head: String
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var description: String { "\(head)\n\(text.prefix(2000))" }

  /// Reads what `curl -i` prints: the last head there is, and what follows it.
  init(printed: [UInt8]) throws {
    var rest = printed[...]
    while true {
      let end = try #require(
        rest.firstRange(of: Array("\r\n\r\n".utf8)), "\(String(decoding: rest, as: UTF8.self))")
      let head = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
      rest = rest[end.upperBound...]
      let status = try #require(Int(head.split(separator: " ")[1].prefix(3)), "\(head)")
      guard status >= 200 else { continue }
      (self.status, self.head, bytes) = (status, head, Array(rest))
      return
    }
  }

  func field(_ name: String) -> String? {
    head.split(separator: "\r\n").dropFirst().first {
      $0.lowercased().hasPrefix(name.lowercased() + ":")
    }.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  func document() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
  }

  func object() throws -> [String: Any] {
    try #require(try document() as? [String: Any], "\(self)")
  }

  func objects() throws -> [[String: Any]] {
    try #require(try document() as? [[String: Any]], "\(self)")
  }

  /// What came of the items of a batch.
  func results() throws -> [[String: Any]] {
    try #require(try object()["results"] as? [[String: Any]], "\(self)")
  }

  func task() throws -> TaskDocument { try TaskDocument(try document()) }

  func tasks() throws -> [TaskDocument] {
    try #require(try document() as? [Any], "\(self)").map(TaskDocument.init)
  }

  /// Expects that status, and what every answer has.
  @discardableResult
  func expect(_ status: Int, sourceLocation: SourceLocation = #_sourceLocation) -> ServedAnswer {
    #expect(self.status == status, "\(self)", sourceLocation: sourceLocation)
    #expect(
      ["synced", "pending", "error", "offline"].contains(field("X-Sync-Status")), "\(self)",
      sourceLocation: sourceLocation)
    #expect(field("X-Request-Id")?.isEmpty == false, "\(self)", sourceLocation: sourceLocation)
    if self.status >= 400 {
      #expect(
        field("Content-Type") == "application/problem+json", "\(self)",
        sourceLocation: sourceLocation)
      let problem = (try? object()) ?? [:]
      #expect(problem["status"] as? Int == self.status, "\(self)", sourceLocation: sourceLocation)
    }
    return self
  }

  /// What is wrong, by the pointer or the parameter.
  func mistakes() throws -> [String: String] {
    var found: [String: String] = [:]
    for error in try object()["errors"] as? [[String: String]] ?? [] {
      found[error["pointer"] ?? error["parameter"] ?? "?"] = error["detail"]
    }
    return found
  }
}
