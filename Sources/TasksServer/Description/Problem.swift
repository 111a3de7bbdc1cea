package import TasksModel

/// What went wrong with a request, as it is told to the client (RFC 9457).
///
/// Whatever is put in here leaves the machine: no path, no SQL, no trace.
package struct Problem: Error, Hashable, Sendable {
  package let kind: ProblemKind
  /// A sentence about this very request.
  package let detail: String
  package let violations: [Violation]
  /// The header `Retry-After`, in seconds.
  package let retryAfter: Int?
  /// The header `Allow`.
  package let allow: [String]

  package init(
    _ kind: ProblemKind, _ detail: String, violations: [Violation] = [], retryAfter: Int? = nil,
    allow: [String] = []
  ) {
    self.kind = kind
    self.detail = detail
    self.violations = violations
    self.retryAfter = retryAfter
    self.allow = allow
  }

  /// A request that breaks rules, and all of those it breaks.
  package static func validation(_ violations: [Violation]) -> Problem {
    let count = violations.count
    let detail =
      count < Schema.mostViolations
      ? "\(count) \(count == 1 ? "thing is" : "things are") wrong with the request."
      : "Very much is wrong with the request; these are the first \(count) things."
    return Problem(.validation, detail, violations: violations)
  }

  package var status: Int { kind.status }

  package var document: JSON {
    var members: [JSON.Member] = [
      .init("type", .string(kind.type)), .init("title", .string(kind.title)),
      .init("status", .integer(Int64(kind.status))), .init("detail", .string(detail)),
    ]
    if !violations.isEmpty {
      members.append(.init("errors", .array(violations.map(\.document))))
    }
    return .object(members)
  }

  /// The headers that belong to it, `Content-Type` included.
  package var headers: [(name: String, value: String)] {
    var headers = [(name: "Content-Type", value: MediaType.problem.description)]
    if kind == .unauthorized { headers.append(("WWW-Authenticate", "Bearer")) }
    if !allow.isEmpty { headers.append(("Allow", allow.joined(separator: ", "))) }
    if let retryAfter { headers.append(("Retry-After", String(retryAfter))) }
    return headers
  }
}
