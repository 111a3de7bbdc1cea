import Glibc
import TasksFiles
import TasksProgram
import TasksStore
import TasksText

/// Syncing in the background after an edit, if the person wants that.
enum AutoSync {
  private static let failure = "sync.auto.failure"

  /// Starts it, if that is wanted and something waits to be sent; takes no time that anybody would notice.
  static func start(after session: Session) {
    guard let store = session.openStore, let directory = store.directory,
      (try? store.setting(Setting.syncAuto.rawValue)) == "true",
      (try? store.remote(nil)) != nil, (try? store.newestUnsent) != nil,
      let program = Programs.running()
    else { return }
    try? ChildProcess.detach([program, "--store", directory, "auto-sync"])
  }

  static func note(_ failure: String, in store: Store) throws {
    try store.set(Self.failure, to: failure)
  }

  static func forgetFailure(in store: Store) throws {
    if try store.setting(failure) != nil { try store.set(failure, to: nil) }
  }

  /// Says once that the last one failed, to a person.
  static func tellFailure(in session: Session) {
    guard session.environment.isErrorTerminal, let store = session.openStore,
      let text = try? store.setting(failure)
    else { return }
    session.say("The last sync in the background failed: \(visible(text))")
    try? store.set(failure, to: nil)
  }
}
