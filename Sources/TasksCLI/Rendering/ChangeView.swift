import TasksFormat
import TasksModel
import TasksStore

/// Changes as `show` shows them.
struct ChangeView {
  private let store: Store
  private let session: Session

  init(_ store: Store, _ session: Session) {
    self.store = store
    self.session = session
  }

  func show(_ changes: [LoggedChange], as format: DataFormat?) throws {
    if let format {
      let documents = try changes.map { try document($0) }
      if format == .json, documents.count == 1 {
        try session.output.json(documents[0])
      } else {
        try format.write(documents, to: session.output) { JSONWriter.append($0, to: &$1) }
      }
      return
    }
    let sheet = ChangeSheet(session)
    for (index, change) in changes.enumerated() {
      if index > 0 { try session.output.line("") }
      let sealed = try store.sealed(change)
      let operations = try store.operations(of: change)
      let lines = sheet.lines(
        change, sealed, bundle: try store.bundlePath(of: change),
        operations: Dictionary(uniqueKeysWithValues: operations.map { ($0.place, $0.operation) }),
        names: Dictionary(
          uniqueKeysWithValues: try store.tasks(of: change).tasks.map {
            ($0.id, (number: $0.number, title: $0.title))
          }))
      for line in lines { try session.output.line(line) }
    }
  }

  private func document(_ change: LoggedChange) throws -> JSON {
    HistoryJSON.sealed(
      try store.sealed(change).change, id: change.id, at: change.at,
      bundle: try store.bundlePath(of: change))
  }
}
