import TasksModel

/// One operation of the API, and all that is known of it.
///
/// Dispatch, validation and the OpenAPI document read it; who answers is bound to it by `RouteTable`.
package struct Route: Sendable {
  package let operation: OperationID
  package let method: HTTPMethod
  package let path: PathTemplate
  /// One line without a full stop.
  let summary: String
  let description: String?
  /// The chapter of the document it stands in.
  let tag: String
  let parameters: [Parameter]
  package let body: RequestBody?
  let answers: [Answer]
  /// The problems it can have besides those that every route can.
  let problems: [ProblemKind]
  package private(set) var needsToken: Bool
  /// Whether it can write to the store.
  package let writes: Bool

  init(
    _ operation: OperationID, _ method: HTTPMethod, _ path: PathTemplate, _ summary: String,
    tag: String, description: String? = nil, parameters: [Parameter] = [],
    body: RequestBody? = nil, answers: [Answer], problems: [ProblemKind] = [],
    needsToken: Bool = true, writes: Bool = false
  ) {
    self.operation = operation
    self.method = method
    self.path = path
    self.summary = summary
    self.tag = tag
    self.description = description
    self.parameters = parameters
    self.body = body
    self.answers = answers
    self.problems = problems
    self.needsToken = needsToken
    self.writes = writes
  }

  /// The same for everybody.
  var withoutToken: Route {
    var copy = self
    copy.needsToken = false
    return copy
  }
}

package struct RequestBody: Sendable {
  let mediaTypes: [MediaType]
  let schema: Schema
  package let isRequired: Bool
  let summary: String
  let example: JSON?

  init(
    _ schema: Schema, _ summary: String, mediaTypes: [MediaType] = [.json],
    isRequired: Bool = true, example: JSON? = nil
  ) {
    self.schema = schema
    self.summary = summary
    self.mediaTypes = mediaTypes
    self.isRequired = isRequired
    self.example = example
  }
}

/// The methods that routes are declared for; HEAD follows from GET, and OPTIONS from all of them.
package enum HTTPMethod: String, CaseIterable, Sendable {
  case get = "GET"
  case put = "PUT"
  case post = "POST"
  case patch = "PATCH"
  case delete = "DELETE"
}

/// A path with gaps: `/api/tasks/{id}`.
package struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let description: String
  let segments: [Segment]

  enum Segment: Hashable, Sendable {
    case literal(String)
    case parameter(String)
  }

  package init(stringLiteral text: String) {
    description = text
    segments = text.split(separator: "/").map { segment in
      segment.hasPrefix("{") && segment.hasSuffix("}")
        ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
    }
  }

  var parameterNames: [String] {
    segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }

  /// The path with every gap the same: two templates of one shape match the same paths.
  var shape: [String?] {
    segments.map { if case .literal(let text) = $0 { text } else { nil } }
  }

  /// Values for the gaps, if the path is of this form.
  func match(_ path: [String]) -> [String: String]? {
    guard path.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (segment, text) in zip(segments, path) {
      switch segment {
      case .literal(let literal): if !literal.utf8.elementsEqual(text.utf8) { return nil }
      case .parameter(let name):
        if text.isEmpty { return nil }
        values[name] = text
      }
    }
    return values
  }
}
