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
  /// For answers that are long.
  let space: AnswerSpace
  let writer: Writer
  let worker: SyncWorker
  let state: SyncState
  let feed: EventFeed
  /// Calls for a look at the store.
  let called: Later
  let log: ServerLog

  init(
    directory: String, zone: Zone, needsToken: Bool, readers: Readers, space: AnswerSpace,
    writer: Writer,
    worker: SyncWorker, state: SyncState, feed: EventFeed, called: Later, log: ServerLog
  ) {
    self.directory = directory
    self.zone = zone
    self.needsToken = needsToken
    self.readers = readers
    self.space = space
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
    write(
      [body], for: call, failed: { .problem($1) },
      done: { answer($0.first ?? .problem(Problem(.internal, "The edit came to nothing."))) },
      or: answer)
  }

  /// Writes every item of a request, each of which takes effect or fails by itself, and answers with what came of each.
  func write(
    items call: Call, _ answer: @escaping @Sendable (HTTPResponse) -> Void,
    each: @escaping @Sendable (JSON, Editor, Store) throws -> [UInt8],
    failed: @escaping @Sendable (JSON, Problem) -> [UInt8]
  ) {
    let items = call.values.body?["items"]?.arrayValue ?? []
    write(
      items.map { item in { try each(item, $0, $1) } }, for: call,
      failed: { failed(items[$0], $1) },
      done: { results in
        let list = results.joined(separator: [UInt8(ascii: ",")])
        answer(.json(200, Array("{\"results\":[".utf8) + list + Array("]}".utf8)))
      }, or: answer)
  }

  /// Writes things in one transaction.
  ///
  /// - Parameters:
  ///   - failed: what came of the one at this place, if it failed.
  ///   - done: called with what came of all of them, when they are on the disk.
  ///   - refuse: called instead if nothing of them is.
  private func write<Value: Sendable>(
    _ steps: [@Sendable (Editor, Store) throws -> Value], for call: Call,
    failed: @escaping @Sendable (Int, Problem) -> Value,
    done: @escaping @Sendable ([Value]) -> Void,
    or refuse: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let results = Results<Value>(count: steps.count)
    writer.write(
      Writer.Job(
        name: "api",
        steps: steps.indices.map { index in
          { results[index] = try steps[index]($0, $1) }
        },
        stepFailed: { [self] index, error in
          results[index] = failed(index, problem(error, of: call.request))
        },
        done: { [self] failure in
          if let failure {
            refuse(.problem(problem(failure, of: call.request)))
          } else {
            done(results.all)
          }
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

/// What becomes of things, one after the other.
///
/// `@unchecked`: the thread that writes fills it, and then hands it to whoever answers.
private final class Results<Value: Sendable>: @unchecked Sendable {
  private var values: [Value?]

  init(count: Int) { values = Array(repeating: nil, count: count) }

  subscript(index: Int) -> Value? {
    get { values[index] }
    set { values[index] = newValue }
  }

  var all: [Value] { values.compactMap(\.self) }
}
