import TasksFiles
import TasksFormat
package import TasksModel
import TasksRemote
package import TasksStore
import TasksSync
import TasksText

/// An error of a module that this one does not know, which says itself what people are told.
package protocol Describing: Error {
  var failure: Failure { get }
}

extension Failure {
  /// What an error of any kind means to the person, in one place.
  package init(describing error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as any Describing: self = error.failure
    case let error as EntryError: self.init(error)
    case let error as StoreError: self.init(error)
    case let error as FileError: self.init(error)
    case let error as FormatError: self.init(error)
    case let error as SyncError: self.init(error, remote: nil)
    case let error as RemoteFormatError: self.init(error)
    case let error as RemoteAddressError: self.init(error, of: nil)
    default: self.init("unexpected: \(error)", hint: Failure.reportIt, status: .bug)
    }
  }

  private static let reportIt = "this is a bug; please report it with the command that led to it"

  /// What is wrong with a date that somebody typed.
  package init(dateWord word: String, _ error: WhenError) {
    let examples = "for example 2025-11-21, tomorrow, fri, +3d, 14:30; all: tasks help dates"
    switch error.kind {
    case .notADate:
      self = .usage(
        "'\(word)' is not a date",
        hint: error.suggestion.map { "did you mean '\($0)'?" } ?? examples)
    case .noSuchDate(let text): self = .usage("there is no such date or time: '\(text)'")
    case .outOfRange: self = .usage("'\(word)' is too far away", hint: "years go from 0 to 9999")
    }
  }

  private init(_ error: EntryError) {
    switch error {
    case .empty(let field):
      self = .usage("the \(field.name) is empty")
    case .tooLong(let field, let limit, let unit):
      let hint =
        field == .title ? "keep the title short and put the rest in --description" : nil
      self = .usage("the \(field.name) is longer than \(limit) \(unit)", hint: hint)
    case .severalLines(let field):
      let hint = field == .title ? "put the other lines in --description" : nil
      self = .usage("the \(field.name) has several lines", hint: hint)
    case .character(let field, let scalar):
      let code = String(scalar.value, radix: 16, uppercase: true)
      let name =
        scalar.value > 0x20 && scalar.value < 0x7f
        ? "'\(scalar)'" : "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
      self = .usage("\(name) cannot be part of a \(field.name)")
    case .reserved(let field, let word):
      self = .usage("'\(word)' cannot be a \(field.name)")
    }
  }

  private init(_ error: FileError) {
    let verb =
      switch error.call {
      case .open: "open"
      case .read: "read"
      case .write: "write"
      case .sync: "write safely to"
      case .rename: "rename"
      case .remove: "remove"
      case .stat: "look at"
      case .makeDirectory: "make the folder"
      case .lock: "lock"
      case .spawn, .wait: "run"
      }
    self.init(
      "cannot \(verb) \(error.path): \(error.reason)",
      hint: SystemError.isDiskFull(error.code) ? "free some space and try again" : nil,
      status: .failed)
  }

  private init(_ error: StoreError) {
    switch error {
    case .missing(let path):
      self.init(
        "no tasks at \(path)", hint: "to begin there: tasks --store \(path) init",
        status: .notFound)
    case .ownedByAnother(let path, let user):
      self.init(
        "not opening \(path): it belongs to another user (\(user))",
        hint: "use a store of your own with --store DIR, or chown it", status: .failed)
    case .writableByOthers(let path):
      self.init(
        "not opening \(path): other users may write to it", hint: "chmod go-w \(path)",
        status: .failed)
    case .foreign(let path):
      self.init(
        "\(path) is not a database of tasks",
        hint: "if it was one, tasks fsck --rebuild makes it anew; nothing was changed",
        status: .damaged)
    case .newer(let path, let version, let known):
      self.init(
        "\(path) was written by a newer version of tasks (schema \(version), this one knows \(known))",
        hint: "install the newer version; nothing was changed", status: .failed)
    case .damaged(let path, let detail):
      self.init(
        "\(path) is damaged: \(detail)",
        hint: "to make it anew from the changes: tasks fsck --rebuild; the old file is kept",
        status: .damaged)
    case .lost(let path):
      self.init(
        "the database of the tasks in \(path) is gone, but their changes are there",
        hint: "to make it anew: tasks fsck --rebuild", status: .damaged)
    case .busy:
      self.init(
        "another process has kept the tasks locked for 5 seconds",
        hint: "try again; if it stays so, look for a tasks process that hangs", status: .busy)
    case .inUse:
      self.init(
        "another process has the tasks open, and none may while the database is made anew",
        hint: "end tasks serve, and whatever else is running, and try again", status: .busy)
    case .diskFull:
      self.init(
        "nothing was changed: the disk is full", hint: "free some space and try again",
        status: .failed)
    case .readOnly(let path):
      self.init(
        "nothing was changed: \(path) cannot be written to",
        hint: "it lies on a read-only disk, or its permissions forbid it", status: .failed)
    case .file(let error): self.init(error)
    case .sqlite(let code, let message, let statement):
      self.init(
        "the database failed: \(message) (SQLite \(code))"
          + (statement.isEmpty ? "" : " in: \(statement.prefix(80))"),
        hint: "nothing was changed", status: .failed)
    case .noSuchTask(let name):
      let shown =
        Self.isShortName(name)
        ? "task \(name)" : "task '\(name)'"
      self.init(
        "there is no \(shown)", hint: Failure.hint(forMissing: name), status: .notFound)
    case .ambiguousTask(let prefix, let candidates):
      self.init(
        "'\(prefix)' could be any of these tasks", hint: "give more of the id", status: .usage,
        details: candidates.map { "\($0.id.text)  \($0.title ?? "")" })
    case .tooLarge(let limit):
      self.init(
        "that is too much for one edit: more than \(limit) bytes",
        hint: "nothing was changed; do it in several steps", status: .failed)
    case .unpublished(let error):
      self.init(
        "the changes are sealed, but cannot be written to \(error.path): \(error.reason)",
        hint: "nothing is lost; when that is mended: tasks commit", status: .failed)
    case .noSuchChange(let name):
      self.init(
        "there is no change '\(name)' here", hint: "the changes that are: tasks log",
        status: .notFound)
    case .ambiguousChange(let prefix, let candidates):
      self.init(
        "'\(prefix)' could be any of these changes", hint: "give more of the id", status: .usage,
        details: candidates.map {
          "\($0.id.text)  \($0.deviceName ?? $0.device.text) \($0.sequence)"
        })
    case .noSuchConflict(let prefix):
      self.init(
        "there is no conflict '\(prefix)'", hint: "those that are: tasks conflicts --all",
        status: .notFound)
    case .ambiguousConflict(let prefix, let candidates):
      self.init(
        "'\(prefix)' could be any of these conflicts", hint: "give more of the id",
        status: .usage,
        details: candidates.prefix(10).map {
          "\($0.id)  \($0.field.spoken) of \($0.taskName)"
        })
    case .endedConflict(let conflict, let since):
      self.init(ended: conflict, since: since)
    case .noTitle(let conflict):
      self.init(
        "that value is no title, and a task must have one",
        hint:
          "to give it another: tasks edit \(conflict.number.map(String.init) ?? conflict.taskID.short) --title TEXT",
        status: .failed)
    case .nothingToUndo:
      self.init("there is nothing to undo", status: .failed)
    }
  }

  /// Why a conflict that was open when the person looked can be decided no longer.
  private init(ended conflict: Conflict, since: Conflict?) {
    var message = "conflict \(conflict.shortID) has ended"
    if let ending = conflict.ending {
      message += ": \(ending.deviceName ?? "this device") wrote \(conflict.field.spoken) anew"
    } else if let since, since.isOpen {
      message =
        "conflict \(conflict.shortID) has changed: there are other values now, and it is \(since.shortID)"
    }
    let hint =
      conflict.ending == nil
      ? "look again: tasks conflicts" : "its values: tasks conflicts show \(conflict.shortID)"
    self.init(message, hint: hint, status: .failed)
  }

  /// Whether it looks like a number or the beginning of an id, and not like a word.
  private static func isShortName(_ name: String) -> Bool {
    guard name.utf8.count <= 7 else { return false }
    return name.utf8.allSatisfy { (48...57).contains($0) }
      || name.utf8.count >= 4 && name.utf8.allSatisfy { Hexadecimal.value(of: $0) != nil }
  }

  private static func hint(forMissing name: String) -> String {
    name.utf8.count >= 4 && name.utf8.allSatisfy { (48...57).contains($0) }
      ? "if an id begins like that: id:\(name)" : "to see what there is: tasks list --all"
  }
}

extension Conflict {
  /// The task that it is about, as people call it.
  package var taskName: String {
    let name = number.map(String.init) ?? taskID.short
    return "task \(name): \(visible(title ?? "(no title yet)"))"
  }
}
