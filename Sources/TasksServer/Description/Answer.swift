import TasksModel

/// One way in which a route answers.
package struct Answer: Sendable {
  package let status: Int
  let summary: String
  let headers: [AnswerHeader]
  /// What may stand in the body; none if there is no body.
  let contents: [Content]

  struct Content: Sendable {
    let mediaType: MediaType
    let schema: Schema
    let example: JSON?
  }

  init(_ status: Int, _ summary: String, headers: [AnswerHeader] = [], contents: [Content] = []) {
    self.status = status
    self.summary = summary
    self.headers = headers
    self.contents = contents
  }

  /// An answer in JSON.
  init(
    _ status: Int, _ summary: String, headers: [AnswerHeader] = [], _ schema: Schema,
    example: JSON? = nil
  ) {
    self.init(
      status, summary, headers: headers,
      contents: [Content(mediaType: .json, schema: schema, example: example)])
  }
}

/// A header of answers.
struct AnswerHeader: Sendable {
  let name: String
  let schema: Schema
  let summary: String
  private(set) var isRequired = false

  var required: AnswerHeader {
    var copy = self
    copy.isRequired = true
    return copy
  }

  var optional: AnswerHeader {
    var copy = self
    copy.isRequired = false
    return copy
  }

  static let syncStatus = AnswerHeader(
    name: "X-Sync-Status", schema: .choice(["synced", "pending", "error", "offline"]),
    summary: "Whether the remote is known to have every edit.")
  static let requestID = AnswerHeader(
    name: "X-Request-Id", schema: .string,
    summary: "The id of the request in the log: the client's own, or one made here.")
  /// What every answer of the program has; the library below answers some requests before the program sees them.
  static let everywhere = [syncStatus, requestID]

  static let entityTag = AnswerHeader(
    name: "ETag", schema: .string, summary: "Names the content of the task, for If-Match.",
    isRequired: true)
  static let location = AnswerHeader(
    name: "Location", schema: .string, summary: "The address of the task.", isRequired: true)
  static let link = AnswerHeader(
    name: "Link", schema: .string,
    summary: "The address of the next page, with rel=\"next\"; not there on the last page.")
  static let totalCount = AnswerHeader(
    name: "X-Total-Count", schema: .integer(0), summary: "How many tasks all pages have.",
    isRequired: true)
  static let authenticate = AnswerHeader(
    name: "WWW-Authenticate", schema: .string, summary: "Bearer", isRequired: true)
  static let allow = AnswerHeader(
    name: "Allow", schema: .string, summary: "The methods of the address.", isRequired: true)
  static let retryAfter = AnswerHeader(
    name: "Retry-After", schema: .integer(0), summary: "Seconds after which to try again.")
}
