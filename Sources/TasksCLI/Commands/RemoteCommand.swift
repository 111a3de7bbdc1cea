import TasksArguments
import TasksFormat
import TasksModel
import TasksProgram
import TasksRemote
import TasksStore
import TasksText

/// `remote`: the places to exchange changes at.
struct RemoteCommand: Command {
  private static let encrypt = OptionDeclaration(
    "encrypt", help: "With add: make a remote that nobody reads without a passphrase.")

  static let declaration = CommandDeclaration(
    name: "remote", group: .sync,
    summary: "Say where to exchange changes: add, list, show, set-url, remove",
    synopsis: [
      "remote add [NAME] URL [--encrypt]", "remote add-key [NAME]", "remote [list] [--json]",
      "remote show [NAME] [--json]",
      "remote set-url NAME URL", "remote remove NAME",
    ],
    description: [
      "A remote is a folder that devices leave their changes in: on a stick, on a network disk, in a folder that some other program syncs, or on any server with SFTP. Nothing needs to be installed there.",
      "The first remote is called origin unless it is given a name. push, pull and sync use origin, else the first one.",
      "remote add only remembers it; the first push or sync makes the folder. remote remove forgets it here, and leaves what is there as it is.",
      "With --encrypt whoever keeps the remote sees neither tasks nor names of devices, only how many files there are, how large, and when they came. The passphrase is asked for once on every device, or comes from --passphrase-file, --passphrase-command, --key-file or TASKS_PASSPHRASE. Without it nobody can help: what is on the remote is lost, what is on your devices is not. remote add-key adds another passphrase or key file.",
    ],
    operands: [
      OperandDeclaration(
        "WHAT", help: "add, add-key, list, show, set-url or remove; list if nothing is said.",
        maximum: 1,
        completion: .words(Verb.allCases.map(\.rawValue))),
      OperandDeclaration(
        "NAME", help: "What the remote is called here.", maximum: 1, completion: .stored(.remotes)),
      OperandDeclaration("URL", help: "Where it is.", maximum: 1, completion: .directory),
    ],
    options: [encrypt, CommonOptions.json] + SecretOptions.declarations,
    examples: [
      Example("tasks remote add nas:tasks", "the folder tasks in the home folder on the host nas"),
      Example(
        "tasks remote add sftp://me@example.org:2222/srv/tasks", "with user, port and whole path"),
      Example("tasks remote add usb /media/stick/tasks", "a second one, on a stick"),
      Example(
        "tasks remote add 'command:rclone serve sftp --stdio drive:tasks'",
        "whatever speaks SFTP on its standard input and output"),
    ])

  private enum Verb: String, CaseIterable {
    case add, addKey = "add-key", list, show, setURL = "set-url", remove
  }

  private let verb: Verb
  private let name: String?
  private let url: String
  private let isJSON: Bool
  private let encrypts: Bool
  private let secrets: SecretOptions

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    guard let verb = words.first.map(Verb.init(rawValue:)) ?? .list else {
      throw Failure.usage(
        "'\(words[0])' is nothing that remote does",
        hint: "it is one of \(Verb.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.verb = verb
    isJSON = arguments.isJSON
    encrypts = arguments.has(Self.encrypt)
    secrets = try SecretOptions(arguments)
    if encrypts, verb != .add { throw Failure.usage("--encrypt is for remote add") }
    if secrets.isGiven, !encrypts, verb != .addKey {
      throw Failure.usage(
        "a passphrase is for remote add --encrypt and for remote add-key",
        hint: "for a remote that is encrypted already, give it to the first sync")
    }
    let rest = words.dropFirst()
    let expected =
      switch verb {
      case .add: (1...2, "tasks remote add [NAME] URL")
      case .list: (0...0, "tasks remote list")
      case .addKey: (0...1, "tasks remote add-key [NAME]")
      case .show: (0...1, "tasks remote show [NAME]")
      case .setURL: (2...2, "tasks remote set-url NAME URL")
      case .remove: (1...1, "tasks remote remove NAME")
      }
    guard expected.0.contains(rest.count) else {
      throw Failure.usage(
        rest.count < expected.0.lowerBound
          ? "something is missing" : "unexpected '\(rest.last ?? "")'",
        hint: expected.1)
    }
    switch verb {
    case .add:
      url = try RemoteWords.url(rest.last ?? "")
      name = try rest.count == 2 ? RemoteWords.name(rest.first ?? "") : nil
    case .setURL:
      url = try RemoteWords.url(rest.last ?? "")
      name = rest.first
    case .addKey, .list, .show, .remove:
      url = ""
      name = rest.first
    }
  }

  func run(in session: Session) throws {
    switch verb {
    case .add: try add(in: session)
    case .list: try list(in: session)
    case .addKey: try RemoteKeys(name: name, secrets: secrets).add(in: session)
    case .show: try show(in: session)
    case .setURL:
      try RemoteWords.requireOutside(session.storeDirectory(), url)
      let store = try session.store(for: .writing)
      let remote = try session.remote(name, in: store)
      try store.setURL(of: remote, to: url, at: session.clock.now)
      try session.output.line("\(remote.name) is at \(visible(url)) now.")
    case .remove:
      let store = try session.store(for: .writing)
      let remote = try session.remote(name, in: store)
      try store.removeRemote(remote)
      try session.output.line(
        "Forgot \(remote.name), \(visible(remote.url)). What is there was left as it is.")
    }
  }

  private func add(in session: Session) throws {
    try RemoteWords.requireOutside(session.storeDirectory(), url)
    let store = try session.store(for: .writing)
    let name = name ?? RemoteRecord.usualName
    if let known = try store.remote(name) {
      throw Failure(
        "there is a remote '\(name)' already, at \(known.url)",
        hint:
          "give the new one a name: tasks remote add NAME URL; or: tasks remote set-url \(name) URL",
        status: .failed)
    }
    let key = encrypts ? try RemoteKeys(name: name, secrets: secrets).make(in: session) : nil
    let remote = try store.addRemote(name, url: url, encryption: key)
    let sync = remote.isDefault ? "tasks sync" : "tasks sync \(name)"
    try session.output.line("Added \(name), \(visible(url)). To exchange changes: \(sync)")
    try offerAutoSync(in: session, store)
  }

  /// Asks once whether edits should be synced by themselves.
  private func offerAutoSync(in session: Session, _ store: Store) throws {
    let environment = session.environment
    guard environment.isInputTerminal, environment.isErrorTerminal, try store.remotes().count == 1,
      try store.setting(Setting.syncAuto.rawValue) == nil
    else { return }
    try session.output.flush()
    let isWanted = Question.ask(
      "Sync by itself, in the background, after every edit? [y/N] ", defaultsTo: false)
    try store.set(Setting.syncAuto.rawValue, to: isWanted ? "true" : "false")
    if isWanted { session.say("To turn it off: tasks config sync.auto false") }
  }

  private func list(in session: Session) throws {
    let remotes = try session.store(for: .reading).remotes()
    if isJSON {
      try DataFormat.json.write(remotes, to: session.output) {
        JSONWriter.append(RemoteText.document($0), to: &$1)
      }
      return
    }
    guard !remotes.isEmpty else {
      session.say("No remotes yet. To add one: tasks remote add URL")
      return
    }
    let width = remotes.map { DisplayWidth.columns(of: $0.name) }.max() ?? 0
    for remote in remotes {
      let space = String(repeating: " ", count: width - DisplayWidth.columns(of: remote.name))
      try session.output.line("\(visible(remote.name))\(space)  \(visible(remote.url))")
    }
  }

  private func show(in session: Session) throws {
    let store = try session.store(for: .reading)
    let remote = try session.remote(name, in: store)
    if isJSON {
      try session.output.json(RemoteText.document(remote))
      return
    }
    let labels = Labels(style: session.style, lines: Lines(columns: session.columns))
    for line in RemoteText.lines(remote, session.clock, labels) { try session.output.line(line) }
  }
}
