import TasksFiles
import TasksFormat
import TasksModel
import TasksProgram
import TasksStore
import TasksSync
import TasksText

/// `bundle create`: writes changes into one file, or into several if one cannot hold them.
struct BundleCreation {
  let file: String
  let since: Beginning?
  let isJSON: Bool

  /// What need not go into the bundle.
  enum Beginning {
    /// What came before a change, by the start of its id.
    case change(String)
    /// What a remote is known to have.
    case remote(String)
  }

  private struct Written {
    let path: String
    let bytes: Int
    let changes: Int
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    var selection = Store.Selection.all
    var known: RemoteRecord?
    switch since {
    case .change(let prefix): selection = .since(try store.change(idPrefix: prefix).id)
    case .remote(let name): known = try session.remote(name, in: store)
    case nil: break
    }
    try checkIsReplaceable(file)
    let sealed = try session.seal(store, note: nil)
    if !sealed.changes.isEmpty, !isJSON {
      session.say("Committed \(counted(sealed.operations, "edit")) first.")
    }
    if let known { selection = .lacking(try Synchronizer.knownCoverage(of: known, in: store)) }
    var written: [Written] = []
    try store.forEachBundle(of: selection) { bundle in
      let path = Self.path(file, number: written.count + 1)
      if !written.isEmpty { try checkIsReplaceable(path) }
      do {
        try bundle.write(as: path, durably: true)
      } catch FormatError.file(let error) {
        throw Failure(
          "cannot write \(path): \(error.reason)",
          hint: written.isEmpty ? nil : "the files written before it are whole", status: .failed)
      }
      written.append(Written(path: path, bytes: bundle.bytes.count, changes: bundle.count))
    }
    if isJSON {
      try session.output.json(Self.document(written))
      return
    }
    guard !written.isEmpty else {
      session.say("Nothing to bundle, and no file was written.")
      return
    }
    for file in written {
      try session.output.line(
        "Wrote \(counted(file.changes, "change")) to \(visible(file.path)) (\(file.bytes) bytes).")
    }
    if known == nil, let newest = try store.newestChange() {
      try session.output.flush()
      session.say("Next time, only what is newer: --since change:\(newest.text.prefix(8))")
    }
  }

  /// Throws if there is something that is not a bundle: nobody wants to lose that.
  private func checkIsReplaceable(_ path: String) throws {
    switch try Directories.kind(of: path) {
    case .missing: return
    case .directory:
      throw Failure(
        "\(path) is a folder", hint: "name a file in it: \(Paths.join(path, "tasks.tasks"))",
        status: .failed)
    case .other:
      throw Failure(
        "\(path) is no file", hint: "a bundle is written to a file of its own", status: .failed)
    case .file:
      do throws(FormatError) {
        _ = try Bundle(file: path)
      } catch {
        throw Failure(
          "\(path) is there already, and is not a bundle",
          hint: "name another file, or remove that one", status: .failed)
      }
    }
  }

  /// `tasks-2.tasks` for the second of several files.
  private static func path(_ path: String, number: Int) -> String {
    guard number > 1 else { return path }
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
    let name = path[(folder ?? path.startIndex)...]
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else {
      return path + "-\(number)"
    }
    return path[..<dot] + "-\(number)" + path[dot...]
  }

  private static func document(_ written: [Written]) -> JSON {
    [
      "files": .array(
        written.map { file in
          [
            "file": .string(file.path), "bytes": .integer(Int64(file.bytes)),
            "changes": .integer(Int64(file.changes)),
          ]
        }),
      "changes": .integer(Int64(written.reduce(0) { $0 + $1.changes })),
    ]
  }
}
