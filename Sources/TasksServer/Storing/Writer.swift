import Glibc
import TasksFiles
import TasksModel
import TasksProgram
import TasksStore

/// Writes for everybody: a thread that makes all edits which have come while the disk was busy in one transaction.
///
/// An edit is acknowledged when it is on the disk, not before.
final class Writer: Sendable {
  /// What a request wants to be written.
  struct Job: Sendable {
    /// What `undo` calls it.
    let name: String
    /// Each takes effect or fails by itself.
    let steps: [@Sendable (Editor, Store) throws -> Void]
    /// Hears how a step failed.
    let stepFailed: @Sendable (Int, any Error) -> Void
    /// Called when all that did not fail is on the disk, or with what kept everything from getting there.
    let done: @Sendable ((any Error)?) -> Void
  }

  private let jobs: Handover<Job>
  private let thread: Worker

  /// How many steps are made together: others who write have to wait for them.
  private static let mostAtOnce = 1000

  /// - Parameters:
  ///   - written: called when something has been written.
  ///   - opened: called before something is written to a database that may be another than before.
  init(
    _ directory: String, zone: Zone, written: @escaping @Sendable () -> Void,
    opened: @escaping @Sendable () -> Void
  ) throws {
    let jobs = Handover<Job>(limit: .max)
    guard let thread = Worker({ Self.run(jobs, directory, zone, written, opened) }) else {
      throw Failure.noThread
    }
    self.jobs = jobs
    self.thread = thread
  }

  /// Makes edits, as soon as those before them are made.
  func write(_ job: Job) { _ = jobs.put(job, weight: 1) }

  /// Makes what is waiting, and no more.
  func stop() {
    jobs.finish(.success(()))
    thread.wait()
  }

  private static func run(
    _ jobs: Handover<Job>, _ directory: String, _ zone: Zone, _ written: () -> Void,
    _ opened: () -> Void
  ) {
    var store: Store?
    while let first = try? jobs.take() {
      var together = [first]
      var steps = first.steps.count
      while steps < mostAtOnce, let next = jobs.takeIfThere() {
        together.append(next)
        steps += next.steps.count
      }
      if store?.hasMoved ?? false { store = nil }
      var failure: (any Error)?
      var hasWritten = false
      do {
        let open = try store ?? Store.open(at: directory, creating: false, zone: zone)
        if store == nil { opened() }
        store = open
        hasWritten = try open.edit(
          together.enumerated().flatMap { number, job in
            job.steps.indices.map { index in
              JointEdit(job.name, of: number) {
                try job.steps[index]($0, open)
              } failed: {
                job.stepFailed(index, $0)
              }
            }
          }, at: Environment.readClock().now)
      } catch {
        failure = error
      }
      if hasWritten { written() }
      for job in together { job.done(failure) }
    }
  }
}
