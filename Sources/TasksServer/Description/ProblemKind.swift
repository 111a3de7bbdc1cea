/// Everything that can go wrong with a request, as clients tell it apart.
package enum ProblemKind: String, CaseIterable, Sendable {
  case malformed
  case validation
  case unauthorized
  case forbiddenHost = "forbidden-host"
  case forbiddenOrigin = "forbidden-origin"
  case notFound = "not-found"
  case method
  case notAcceptable = "not-acceptable"
  case conflict
  case preconditionFailed = "precondition-failed"
  case tooLarge = "too-large"
  case mediaType = "media-type"
  case tooManyRequests = "too-many-requests"
  case headersTooLarge = "headers-too-large"
  case `internal`
  case busy
  case syncFailed = "sync-failed"
  case diskFull = "disk-full"

  package var status: Int {
    switch self {
    case .malformed, .validation: 400
    case .unauthorized: 401
    case .forbiddenHost, .forbiddenOrigin: 403
    case .notFound: 404
    case .method: 405
    case .notAcceptable: 406
    case .conflict: 409
    case .preconditionFailed: 412
    case .tooLarge: 413
    case .mediaType: 415
    case .tooManyRequests: 429
    case .headersTooLarge: 431
    case .internal: 500
    case .busy, .syncFailed: 503
    case .diskFull: 507
    }
  }

  /// The same for every problem of the kind (RFC 9457, 3.1.3).
  package var title: String {
    switch self {
    case .malformed: "The body is not JSON"
    case .validation: "The request breaks rules"
    case .unauthorized: "A token is needed"
    case .forbiddenHost: "Not a host of this server"
    case .forbiddenOrigin: "Not an origin that may ask"
    case .notFound: "Not found"
    case .method: "Not a method of this address"
    case .notAcceptable: "Nothing acceptable to answer with"
    case .conflict: "It is not as the request supposes"
    case .preconditionFailed: "It has changed"
    case .tooLarge: "The body is too large"
    case .mediaType: "Not a media type that is read here"
    case .tooManyRequests: "Too many requests"
    case .headersTooLarge: "The headers are too large"
    case .internal: "Something went wrong here"
    case .busy: "The store is busy"
    case .syncFailed: "The sync failed"
    case .diskFull: "The disk is full"
    }
  }

  /// A name and never an address: nothing is to be fetched there.
  package var type: String { "urn:tasks:problem:\(rawValue)" }

  /// The headers that a problem of this kind brings, besides those that every answer has.
  var headers: [AnswerHeader] {
    switch status {
    case 401: [.authenticate]
    case 405: [.allow]
    case 429: [.retryAfter.required]
    case 503: [.retryAfter]
    default: []
    }
  }
}
