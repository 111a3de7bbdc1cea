import TasksFiles
import TasksFormat
package import TasksModel

extension Store {
  /// Checks every hash and chain, the store against the changes, and what the store shows against what it holds.
  ///
  /// Changes in files that were not taken in are taken in first: a crash may have come between.
  package func check(at now: Instant) throws -> CheckReport {
    var report = CheckReport()
    report.findings = try connection.integrityProblems().map(Finding.database)
    // What SQLite cannot read nobody needs to compare.
    guard report.findings.isEmpty else {
      if let files = changesDirectory { try files.check(into: &report) }
      return report
    }
    report.findings = try takeInStrayFiles(at: now)
    // Those that are known now are counted with the others.
    for case .badFile in report.findings { report.files += 1 }
    for case .spareFile in report.findings { report.files += 1 }
    try connection.transaction(writing: true) {
      try ChangesCheck(store: self).run(&report)
      try TasksCheck(connection: connection).run(&report)
    }
    report.missing = try missing()
    return report
  }

  /// Takes in the files in changes/ that the store does not know.
  func takeInStrayFiles(at now: Instant) throws -> [Finding] {
    var findings: [Finding] = []
    for entry in try changesDirectory?.entries() ?? [] {
      guard let digest = entry.digest else { continue }
      let isKnown = try connection.first(
        "SELECT 1 FROM bundles WHERE digest = ?", .text(digest.text), read: { _ in true })
      guard isKnown == nil else { continue }
      do {
        let file = try FileHandle(entry.path, flags: FileHandle.forReading)
        let bytes = try file.readToEnd(limit: FormatLimits.bundle + 1)
        let intake = try takeIn(bytes, hash: digest.text, at: now)
        findings.append(
          intake.count > 0 ? .takenIn(name: entry.name, intake) : .spareFile(name: entry.name))
      } catch let error as FormatError {
        findings.append(.badFile(name: entry.name, error))
      }
    }
    return findings
  }
}

extension ChangesDirectory {
  /// The folder of a store that may have no database; nil if it is not there.
  package static func of(store: String) -> ChangesDirectory? {
    let files = ChangesDirectory(in: store)
    return (try? Directories.kind(of: files.path)) == .directory ? files : nil
  }

  /// Checks every file on its own, for want of a database.
  package func check(into report: inout CheckReport) throws {
    for entry in try entries() {
      guard let digest = entry.digest else { continue }
      report.files += 1
      do throws(FormatError) {
        report.changes += try Bundle(file: entry.path, hash: digest.text).count
      } catch {
        report.findings.append(.badFile(name: entry.name, error))
      }
    }
  }
}

extension Connection {
  /// What SQLite finds wrong with the database, in its words.
  func integrityProblems() throws(StoreError) -> [String] {
    do throws(StoreError) {
      var problems = try all("PRAGMA integrity_check(20)", read: { $0.text(0) })
      if problems.count == 1, UTF8Order.areEqual(problems[0], "ok") { problems = [] }
      problems += try all("PRAGMA foreign_key_check") {
        "a row of \($0.text(0)) refers to one of \($0.text(2)) that is not there"
      }.prefix(20)
      return problems
    } catch {
      guard case .damaged(_, let detail) = error else { throw error }
      return [detail]
    }
  }
}
