import TasksExchange
import TasksFiles
import TasksStore

/// Records of a file that follow one another.
struct ImportPortion: Sendable {
  var tasks: [IncomingTask] = []
  var refusals: [(line: Int, reason: RefusedRecord)] = []
  /// How far the file was read, in bytes.
  var offset = 0
}

extension Feed<ImportPortion> {
  /// The length of the records of a portion, but for the last of them: enough for the store to write many rows at once.
  private static var length: Int { 64 << 10 }

  /// Starts to read a file: that is a third of the work of an import, and needs nothing of the store.
  convenience init(_ file: ForeignFile, as format: ExchangeFormat) {
    // To ask for a zone by name changes a variable of the whole program, which no other thread may look at meanwhile.
    let isAhead = file.bytes.count >= Self.length && format != .ics
    self.init(limit: 4 * Self.length, isAhead: isAhead) { give in
      var portion = ImportPortion()
      var start = 0
      try format.read(file) { record in
        switch record.result {
        case .success(let task): portion.tasks.append(IncomingTask(task))
        case .failure(let reason): portion.refusals.append((record.line, reason))
        }
        portion.offset = record.offset
        guard portion.offset - start >= Self.length else { return }
        guard try give(portion, portion.offset - start) else { throw CancellationError() }
        start = portion.offset
        portion = ImportPortion()
      }
      _ = try give(portion, portion.offset - start)
    }
  }
}
