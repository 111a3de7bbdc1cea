import Foundation
import TasksModel
import TasksStore
import Testing

@testable import TasksServer

struct KnownAnswersTests {
  private let clock = Clock(now: Instant(milliseconds: 1_763_000_000_000), zone: .utc)

  /// A request for the tasks of a project, named as its text is.
  private func request(project: String, limit: Int = 10) -> PageRequest {
    PageRequest(
      text: UTF8Key("project=\(project)&limit=\(limit)"), filterText: UTF8Key("project=\(project)"),
      filter: .project(project), order: [], place: nil, limit: limit)
  }

  private func add(_ title: String, project: String, to store: Store) throws {
    var edits = Edits()
    edits.set(.title, to: .string(title))
    edits.set(.project, to: .string(project))
    try store.edit("add", at: clock.now) { _ = try $0.create(edits) }
  }

  private func withStores(_ body: (_ writer: Store, _ reader: Store) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "tasks-server-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let writer = try Store.open(at: folder, creating: true, zone: .utc)
    try body(writer, try Store.open(at: folder, creating: false, zone: .utc))
  }

  /// Of a page that is short enough to be kept.
  private func bytes(_ page: RenderedPage) -> [UInt8] {
    if case .bytes(let bytes) = page.body { bytes } else { [] }
  }

  @Test func whatIsKnownEndsWithTheNextEdit() throws {
    try withStores { writer, reader in
      var known = KnownAnswers(AnswerSpace("/nowhere"))
      try add("one", project: "home", to: writer)
      let first = try known.list(request(project: "home"), in: reader, clock)
      #expect(first.total == 1)
      let again = try known.list(request(project: "home"), in: reader, clock)
      #expect(bytes(again.page) == bytes(first.page))
      try add("two", project: "home", to: writer)
      let second = try known.list(request(project: "home"), in: reader, clock)
      #expect(second.total == 2)
      #expect(bytes(second.page).count > bytes(first.page).count)
    }
  }

  @Test func requestsOfOneFilterHaveOneTotalAndPagesOfTheirOwn() throws {
    try withStores { writer, reader in
      var known = KnownAnswers(AnswerSpace("/nowhere"))
      for title in ["one", "two"] { try add(title, project: "home", to: writer) }
      let both = try known.list(request(project: "home"), in: reader, clock)
      let one = try known.list(request(project: "home", limit: 1), in: reader, clock)
      #expect(both.total == 2 && one.total == 2)
      #expect(both.page.next == nil && one.page.next != nil)
    }
  }

  @Test func textsOfOneLookAndDifferentBytesAreToldApart() throws {
    try withStores { writer, reader in
      var known = KnownAnswers(AnswerSpace("/nowhere"))
      try add("one", project: "caf\u{E9}", to: writer)
      #expect(try known.list(request(project: "caf\u{E9}"), in: reader, clock).total == 1)
      let other = try known.list(request(project: "cafe\u{301}"), in: reader, clock)
      #expect(other.total == 0)
      #expect(bytes(other.page) == Array("[]".utf8))
    }
  }
}
