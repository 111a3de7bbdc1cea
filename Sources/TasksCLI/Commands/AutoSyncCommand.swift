import Glibc
import TasksArguments
import TasksFiles
import TasksModel
import TasksProgram
import TasksStore
import TasksSync

/// `auto-sync`: what an editing command starts in the background.
struct AutoSyncCommand: Command {
  static let declaration = CommandDeclaration(
    name: "auto-sync", group: .sync, summary: "Sync with the default remote, unseen",
    synopsis: ["auto-sync"], description: ["Started by editing commands if sync.auto is true."],
    isHidden: true)

  init(_ arguments: ParsedArguments, clock: Clock) throws {}

  func run(in session: Session) throws {
    let directory = try session.storeDirectory()
    // One syncs and one waits. Who comes while one waits is in time with that one, which has not begun.
    let next = try FileHandle(
      Paths.join(directory, "sync.next"), flags: O_RDWR | O_CREAT, mode: 0o600)
    guard try next.lock(waitingAtMost: 0) else { return }
    // More edits may follow.
    usleep(2_000_000)
    let turn = try FileHandle(
      Paths.join(directory, "sync.turn"), flags: O_RDWR | O_CREAT, mode: 0o600)
    let hasTurn = try turn.lock(waitingAtMost: Self.patience)
    let store = try session.store(for: .reading)
    guard hasTurn else {
      return try AutoSync.note("another sync has been at it for five minutes", in: store)
    }
    next.unlock()
    guard let record = try store.remote(nil) else { return }
    var options = SyncOptions([.pull, .push])
    options.batch = try session.batchSize()
    do {
      _ = try session.seal(store, note: nil)
      let report = try session.sync(store, with: record, options, secrets: nil)
      if report.gone.isEmpty, report.skipped.isEmpty {
        try AutoSync.forgetFailure(in: store)
      } else {
        let files = counted(report.gone.count + report.skipped.count, "file")
        try AutoSync.note("\(files) on \(record.name) cannot be had; see tasks pull", in: store)
      }
    } catch {
      try AutoSync.note(Failure(describing: error).message, in: store)
    }
  }

  /// Longer than a sync with a server that is slow to answer takes.
  private static let patience = 300_000
}
