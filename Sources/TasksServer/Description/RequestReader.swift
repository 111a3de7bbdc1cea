package import TasksModel
import TasksProgram

/// Checks a request against its route, and makes typed values of it.
package struct RequestReader {
  private let route: Route
  /// The value of a header by its name, in any case; values of a repeated one joined by commas.
  private let header: (String) -> String?

  /// What the headers say is checked first, so that a body in vain is never waited for.
  package init(_ route: Route, header: @escaping (String) -> String?) throws(Problem) {
    self.route = route
    self.header = header
    try checkAccept()
  }

  /// Checks that a body of this kind is read at all; only where one is there or on its way.
  package func checkContentType() throws(Problem) {
    guard let body = route.body else { return }
    let range = header("Content-Type").flatMap { MediaRange($0[...]) }
    let isKnown = body.mediaTypes.contains {
      range?.type == $0.type && range?.subtype == $0.subtype
    }
    let charset = range?.parameter("charset")?.lowercased() ?? "utf-8"
    guard isKnown, charset == "utf-8" else {
      let names = body.mediaTypes.map(\.description).joined(separator: " or ")
      throw Problem(.mediaType, "The body must be \(names), in UTF-8.")
    }
  }

  /// Reads everything else, and tells everything that is wrong with it at once.
  ///
  /// `values` come from the table, `query` from the address, decoded and in its order.
  package func read(
    values: [String: String], query: [(name: String, value: String)], body: [UInt8],
    largestBody: Int = 1_000_000
  ) throws(Problem) -> RequestValues {
    guard body.count <= largestBody else {
      throw Problem(.tooLarge, "The body may have \(largestBody) bytes.")
    }
    var parameters = try readPath(values)
    var violations: [Violation] = []
    readQuery(query, into: &parameters, &violations)
    readHeaders(into: &parameters, &violations)
    let document = try readBody(body, &violations)
    guard violations.isEmpty else { throw .validation(violations) }
    return RequestValues(parameters: parameters, body: document)
  }

  private func checkAccept() throws(Problem) {
    // What most clients say.
    guard let accept = header("Accept"), !accept.utf8.elementsEqual("*/*".utf8) else { return }
    let offered = route.mediaTypes
    let accepted = AcceptHeader(accept)
    guard offered.isEmpty || offered.contains(where: accepted.allows) else {
      let names = offered.map(\.description).joined(separator: " or ")
      throw Problem(.notAcceptable, "The answer is \(names), which the Accept header excludes.")
    }
  }

  /// What is no name of a thing names nothing: 404, as for a name that nothing has.
  private func readPath(_ values: [String: String]) throws(Problem) -> [String: JSON] {
    var found: [String: JSON] = [:]
    for parameter in route.parameters where parameter.place == .path {
      guard let value = parameter.read(values[parameter.name] ?? "").value else {
        throw Problem(
          .notFound,
          "There is nothing here: the \(parameter.name) must be \(parameter.schema.phrase).")
      }
      found[parameter.name] = value
    }
    return found
  }

  private func readQuery(
    _ query: [(name: String, value: String)], into found: inout [String: JSON],
    _ violations: inout [Violation]
  ) {
    var seen: Set<UTF8Key> = []
    for (name, text) in query where violations.count < Schema.mostViolations {
      let parameter = route.parameters.first {
        $0.place == .query && UTF8Order.areEqual($0.name, name)
      }
      guard let parameter else {
        violations.append(Violation(.parameter(name), "is not a known parameter"))
        continue
      }
      guard seen.insert(UTF8Key(name)).inserted else {
        violations.append(Violation(.parameter(name), "must not be there twice"))
        continue
      }
      let result = parameter.read(text)
      found[name] = result.value
      violations += result.violations
    }
  }

  private func readHeaders(into found: inout [String: JSON], _ violations: inout [Violation]) {
    for parameter in route.parameters where parameter.place == .header {
      guard let text = header(parameter.name) else { continue }
      let result = parameter.read(text)
      found[parameter.name] = result.value
      violations += result.violations
    }
  }

  private func readBody(
    _ bytes: [UInt8], _ violations: inout [Violation]
  ) throws(Problem) -> JSON? {
    guard let body = route.body else { return nil }
    if bytes.isEmpty {
      if body.isRequired { violations.append(Violation(.body(pointer: ""), "must be there")) }
      return nil
    }
    try checkContentType()
    do {
      let value = try JSONParser.parse(bytes)
      violations += body.schema.violations(in: value)
      return value
    } catch {
      violations.append(Violation(.body(pointer: ""), error.sentence(in: bytes)))
      throw Problem(
        .malformed, "The body could not be read as JSON.", violations: violations)
    }
  }
}

/// What a request says, checked: what is declared has the type that is declared.
package struct RequestValues: Sendable {
  private let parameters: [String: JSON]
  /// Nil if there was none.
  package let body: JSON?

  init(parameters: [String: JSON], body: JSON?) {
    self.parameters = parameters
    self.body = body
  }

  package func text(_ name: String) -> String? { parameters[name]?.stringValue }
  package func bool(_ name: String) -> Bool? { parameters[name]?.boolValue }
  package func integer(_ name: String) -> Int? {
    parameters[name]?.integerValue.flatMap { Int(exactly: $0) }
  }
  package func moment(_ name: String) -> Moment? { text(name).flatMap { Moment(written: $0) } }
  package func instant(_ name: String) -> Instant? { text(name).flatMap { Instant(iso: $0) } }
  package func taskID(_ name: String = "id") -> TaskID? { text(name).flatMap { TaskID($0) } }
  /// What is there but cannot be read names no tag.
  package func entityTags(_ name: String) -> EntityTags? {
    text(name).map { EntityTags($0) ?? .tags([]) }
  }
  package func sortKeys(_ name: String = "sort") -> [SortKey]? {
    text(name).flatMap(SortWords.keys)
  }
}

extension Moment {
  /// Reads a date, or a date-time with any offset.
  package init?(written text: String) {
    if let date = CivilDate(iso: text) {
      self = .date(date)
    } else if let instant = Instant(iso: text) {
      self = .instant(instant)
    } else {
      return nil
    }
  }
}

extension Route {
  /// Everything its successful answers can be.
  var mediaTypes: [MediaType] {
    var found: [MediaType] = []
    for answer in answers where answer.status < 300 {
      for content in answer.contents where !found.contains(content.mediaType) {
        found.append(content.mediaType)
      }
    }
    return found
  }
}

extension JSONError {
  /// What is wrong and where, for whoever wrote the bytes.
  func sentence(in bytes: [UInt8]) -> String {
    let position = position(in: bytes)
    return "cannot be read: \(kind.reason), at line \(position.line), byte \(position.column)"
  }
}
