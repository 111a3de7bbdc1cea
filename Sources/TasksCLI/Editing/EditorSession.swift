import Glibc
import TasksFiles
import TasksModel
import TasksProgram
import TasksText

/// A visit to the person's editor, from which no text is lost.
struct EditorSession {
  let session: Session

  /// Lets the person edit a task and gives what was changed to `write`.
  ///
  /// What cannot be understood or written can be corrected at once; else the text stays in a file that is named.
  func edit(_ task: TaskRecord, _ write: (Edits) throws -> Void) throws {
    try edit(TaskForm(task, clock: session.clock).text) { text in
      // Days are counted from when the person was done, which may be another day.
      let form = TaskForm(task, clock: session.laterClock)
      try write(try form.edits(from: text))
    }
  }

  /// Lets the person edit a text and gives it to `accept`.
  ///
  /// - Parameter isWorthKeeping: whether the text is kept for the person though nothing was changed in it.
  func edit(
    _ untouched: String, isWorthKeeping: Bool = false, _ accept: (String) throws -> Void
  ) throws {
    let file = try TemporaryFile(
      in: session.environment["TMPDIR"] ?? "/tmp", suffix: ".txt", text: untouched)
    while true {
      try open(file, untouched: untouched)
      do {
        try accept(try text(of: file))
        file.remove()
        return
      } catch {
        guard !session.hasEdited else {
          // The edit is made; what failed is to print it.
          file.remove()
          throw error
        }
        let failure = Failure(describing: error)
        guard try wantsToGoOn(after: failure) else {
          guard isWorthKeeping || isTouched(file, untouched) else {
            file.remove()
            throw failure
          }
          throw Failure(
            failure.message, hint: "nothing was changed; your text is in \(file.path)",
            status: failure.status)
        }
      }
    }
  }

  /// Whether there is anything in the file that the person would miss.
  private func isTouched(_ file: TemporaryFile, _ untouched: String) -> Bool {
    guard let bytes = try? bytes(of: file) else { return false }
    return bytes != Array(untouched.utf8)
  }

  private func open(_ file: TemporaryFile, untouched: String) throws {
    let editor = session.environment["VISUAL"] ?? session.environment["EDITOR"] ?? "vi"
    let ending: ChildProcess.Ending
    do throws(FileError) {
      ending = try ChildProcess.runShell(editor, with: [file.path])
    } catch {
      file.remove()
      throw error
    }
    guard ending == .exited(0) else {
      let how =
        switch ending {
        case .exited(126), .exited(127): "cannot be started"
        case .exited(let status): "ended with status \(status)"
        case .killed(let signal): "was ended by signal \(signal)"
        }
      let isTouched = isTouched(file, untouched)
      if !isTouched { file.remove() }
      throw Failure(
        "the editor '\(editor)' \(how); nothing was changed",
        hint: isTouched
          ? "what you typed is in \(file.path)" : "VISUAL or EDITOR says which to use",
        status: .failed)
    }
  }

  private func text(of file: TemporaryFile) throws -> String {
    guard let text = String(validating: try bytes(of: file), as: UTF8.self) else {
      throw Failure.usage("the edited text is not valid UTF-8")
    }
    return text
  }

  private func bytes(of file: TemporaryFile) throws -> [UInt8] {
    try FileHandle(file.path, flags: O_RDONLY).readToEnd(limit: 1 << 20)
  }

  /// Asks a person at the terminal; without one there is nobody to ask.
  private func wantsToGoOn(after failure: Failure) throws -> Bool {
    guard session.environment.isInputTerminal, session.environment.isErrorTerminal else {
      return false
    }
    session.say("tasks: \(visible(failure.message))")
    if let hint = failure.hint { session.say("hint: \(visible(hint))") }
    return Question.ask("Edit again? [Y/n] ", defaultsTo: true)
  }
}
