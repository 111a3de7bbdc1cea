import TasksArguments
import TasksFiles
import TasksModel
import TasksProgram
import TasksRemote
import TasksStore
import TasksSync

/// `clone`: begins on a new device with what a remote has.
struct CloneCommand: Command {
  static let declaration = CommandDeclaration(
    name: "clone", group: .sync, summary: "Begin on this device with what a remote has",
    synopsis: ["clone URL [--json]"],
    description: [
      "Makes the store, adds the remote as origin and fetches everything. If that fails, nothing is left behind; if it was stopped, the same command goes on with it. If the remote is encrypted, its passphrase is asked for.",
      "It is for a device without tasks and remotes. Where there are some, remote add and sync unite both lists.",
    ],
    operands: [
      OperandDeclaration("URL", help: "Where the remote is; see remote.", minimum: 1, maximum: 1)
    ],
    options: [CommonOptions.json] + SecretOptions.declarations,
    examples: [
      Example("tasks clone nas:tasks", "the folder tasks in the home folder of the host nas"),
      Example("tasks clone /mnt/usb/tasks", "a stick"),
    ])

  private let url: String
  private let secrets: SecretOptions
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    url = try RemoteWords.url(arguments.operands[0].text)
    isJSON = arguments.isJSON
    secrets = try SecretOptions(arguments)
  }

  func run(in session: Session) throws {
    let directory = try session.storeDirectory()
    try RemoteWords.requireOutside(directory, url)
    let wasThere = try Store.exists(at: directory)
    let begun = wasThere ? try begun(in: session.store(for: .reading), directory) : nil
    let isFolderThere = try Directories.kind(of: directory) != .missing
    let store = try session.store(for: .writing)
    let record = try begun ?? store.addRemote(RemoteRecord.usualName, url: url)
    let report: SyncReport
    do {
      report = try session.sync(
        store, with: record, SyncOptions(.pull), secrets: secrets, isNew: true)
    } catch {
      // What somebody has made here stays; what got through does then, too, and the next sync brings the rest.
      let isDiscarded = try !wasThere && store.discard(withFolder: !isFolderThere)
      if isDiscarded {
        session.forgetStore()
      } else if begun == nil, try store.isEmpty {
        try store.removeRemote(record)
      }
      throw error
    }
    if isJSON {
      try session.output.json(
        SyncText.document(
          report, remote: record.name, missing: store.missing().count, isDryRun: false))
    } else {
      try session.output.line(
        report.received.changes > 0
          ? SyncText.received(report) : "The remote has no changes yet; it is origin here now.")
    }
    try session.tell(report, record, in: store)
  }

  /// The remote of a clone that was stopped in the middle; nil in a store that nothing was done with.
  private func begun(in store: Store, _ directory: String) throws -> RemoteRecord? {
    let remotes = try store.remotes()
    let known = remotes.first { $0.url == url }
    if let known, remotes.count == 1, known.lastPull == nil, try !store.hasOwnEdits { return known }
    if try store.isUnused { return nil }
    let place =
      try store.isEmpty ? "there is a remote here already" : "there are tasks here already"
    let isNameFree = !remotes.contains { $0.name == RemoteRecord.usualName }
    let hint =
      if let known {
        "that remote is \(known.name) here: tasks sync \(known.name)"
      } else if isNameFree {
        "to unite both lists: tasks remote add \(ShellQuote.always(url)) and tasks sync"
      } else {
        "to unite both lists: tasks remote add NAME \(ShellQuote.always(url)), tasks sync NAME"
      }
    throw Failure("\(place), in \(directory)", hint: hint, status: .failed)
  }
}
