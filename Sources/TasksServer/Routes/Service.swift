import TasksFiles
import TasksModel
import TasksProgram
import TasksStore

/// All that answering needs.
final class Service: Sendable {
  let directory: String
  let zone: Zone
  /// Whether clients have to send one.
  let needsToken: Bool
  let readers: Readers
  let writer: Writer
  let worker: SyncWorker
  let state: SyncState
  let feed: EventFeed
  /// Calls for a look at the store.
  let called: Later
  let log: ServerLog

  init(
    directory: String, zone: Zone, needsToken: Bool, readers: Readers, writer: Writer,
    worker: SyncWorker, state: SyncState, feed: EventFeed, called: Later, log: ServerLog
  ) {
    self.directory = directory
    self.zone = zone
    self.needsToken = needsToken
    self.readers = readers
    self.writer = writer
    self.worker = worker
    self.state = state
    self.feed = feed
    self.called = called
    self.log = log
  }

  /// Whether files can be made where changes are kept.
  var canWriteChanges: Bool {
    let changes = Paths.join(directory, "changes")
    let kind = try? Directories.kind(of: changes)
    return Directories.isWritable(kind == .directory ? changes : directory)
  }

  var clock: Clock { Clock(now: Environment.readClock().now, zone: zone) }

  /// Writes one thing, and answers with what it returns once that is on the disk.
  func write(
    _ call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void,
    _ body: @escaping @Sendable (Editor, Store) throws -> HTTPResponse
  ) {
    let response = Outcome<HTTPResponse>()
    writer.write(
      Writer.Job(
        name: "api",
        steps: [{ response.value = try body($0, $1) }],
        stepFailed: { [self] _, error in
          response.value = .problem(problem(error, of: call.request))
        },
        done: { [self] failure in
          answer(
            failure.map { .problem(problem($0, of: call.request)) } ?? response.value
              ?? .problem(Problem(.internal, "The edit came to nothing.")))
        }))
  }

  /// What an error means to a client.
  ///
  /// What it must not know is in the log.
  func problem(_ error: any Error, of request: HTTPRequest) -> Problem {
    if let problem = Problem(describing: error) { return problem }
    log.note("\(request.id) failed: \(Failure(describing: error).message)")
    return Problem(.internal, "The log of the server says more, under the request's id.")
  }
}

/// What becomes of something, written by one thread and read by the next.
///
/// `@unchecked`: the writer fills it before it hands the turn to whoever reads it, under a lock of its own.
final class Outcome<Value: Sendable>: @unchecked Sendable {
  var value: Value?
}

extension Problem {
  /// What an error says that a client may know; nil if it is not its business.
  init?(describing error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as EntryError: self.init(.validation, Failure(describing: error).message + ".")
    case let error as FileError where SystemError.isDiskFull(error.code):
      self.init(.diskFull, "Nothing was changed.")
    case let error as StoreError:
      switch error {
      case .busy: self.init(.busy, "Nothing was changed.", retryAfter: 1)
      case .diskFull: self.init(.diskFull, "Nothing was changed.")
      case .file(let error) where SystemError.isDiskFull(error.code):
        self.init(.diskFull, "Nothing was changed.")
      case .noSuchTask, .ambiguousTask: self.init(.notFound, "There is no such task.")
      case .noSuchConflict: self.init(.notFound, "There is no such conflict.")
      case .ambiguousConflict, .endedConflict, .noTitle:
        self.init(.conflict, Failure(describing: error).message + ".")
      case .tooLarge: self.init(.tooLarge, Failure(describing: error).message + ".")
      default: return nil
      }
    default: return nil
    }
  }
}
