import TasksFiles
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// What a command works with: the store, the clock, and the person's screen.
final class Session {
  let environment: Environment
  let output: Output
  private let global: GlobalOptions
  private var opened: Store?
  /// How the command ends if nothing fails.
  var status = ExitStatus.ok

  init(environment: Environment, global: GlobalOptions) {
    self.environment = environment
    self.global = global
    output = Output(environment: environment, usesPager: !global.noPager)
  }

  /// When the command was given.
  var clock: Clock { environment.clock }

  /// What the clock says now, for a command that has waited for a person.
  var laterClock: Clock { Environment.readClock() }

  /// What a command wants of the store.
  enum Purpose {
    /// To look: where nothing was begun yet there is nothing to see, and nothing is made.
    case reading
    /// To write: it is made if it is not there.
    case writing
  }

  /// The store, opened when it is first asked for.
  func store(for purpose: Purpose) throws -> Store {
    // An empty store in memory is good for looking only.
    if let opened, purpose == .reading || opened.directory != nil { return opened }
    let directory = try storeDirectory()
    explain("The tasks are in \(visible(directory))")
    let store: Store
    if purpose == .reading, try !Store.exists(at: directory) {
      guard !isStoreNamed else { throw StoreError.missing(path: directory) }
      store = try Store.inMemory(zone: clock.zone)
    } else {
      store = try Store.open(at: directory, creating: purpose == .writing, zone: clock.zone)
    }
    opened = store
    return store
  }

  /// Lets go of the store, so that it can be removed.
  func forgetStore() { opened = nil }

  /// The store, if the command has opened it.
  var openStore: Store? { opened }

  /// Whether details are wanted.
  var isVerbose: Bool { global.verbose }

  /// Whether the person said which store, so that a missing one is a mistake and not a beginning.
  private var isStoreNamed: Bool { global.store != nil || environment["TASKS_DIR"] != nil }

  /// The folder of the store that is meant, whether it is there or not.
  func storeDirectory() throws -> String {
    if let directory = global.store ?? environment["TASKS_DIR"] {
      // The root is what an empty name would lead to.
      guard !directory.isEmpty else {
        throw Failure.usage("the folder after '--store' has no name")
      }
      return directory
    }
    if let data = environment["XDG_DATA_HOME"], data.utf8.first == UInt8(ascii: "/") {
      return Paths.join(data, "tasks")
    }
    guard let home = environment["HOME"] else {
      throw Failure(
        "no place for the tasks: HOME is not set",
        hint: "set HOME, or say where they are with --store DIR or TASKS_DIR", status: .failed)
    }
    return Paths.join(home, ".local/share/tasks")
  }

  /// Whether an edit was made, which stays made whatever fails after it.
  var hasEdited: Bool { opened?.hasEdited ?? false }

  // MARK: - The screen

  /// Whether output is coloured: what was asked for, else what the terminal and `NO_COLOR` suggest.
  lazy var style = Style(isOn: wantsColor)

  private var wantsColor: Bool {
    let wish = global.color ?? (try? opened?.setting(Setting.color.rawValue)) ?? "auto"
    switch wish {
    case "always": return true
    case "never": return false
    default:
      return environment.isOutputTerminal && environment["NO_COLOR"] == nil
        && environment["TERM"] != "dumb"
    }
  }

  /// How many columns a line may have; nil where there is no screen to fit.
  var columns: Int? { environment.terminal?.columns }

  /// Says something beside the data.
  func say(_ text: String) { Talk.say(text) }

  /// Tells of something that went wrong and does not keep the rest from being done.
  func report(_ failure: Failure) {
    Program.report(failure, environment: environment)
    end(with: failure.status)
  }

  /// Lets the command end with this status, unless it already ends with one that matters more.
  func end(with status: ExitStatus) {
    let ranks: [ExitStatus] = [
      .ok, .failed, .usage, .notFound, .incomplete, .busy, .unreachable, .refused,
      .damaged, .bug,
    ]
    let rank = { (status: ExitStatus) in ranks.firstIndex(of: status) ?? 0 }
    if rank(status) > rank(self.status) { self.status = status }
  }

  /// Says what only somebody who asked with `-v` wants to know.
  func explain(_ text: @autoclosure () -> String) {
    if global.verbose { Talk.say(text()) }
  }
}

extension Session {
  /// The name of this machine: what the device is called until somebody gives it another name.
  var machineName: String { MachineName.current }
}
