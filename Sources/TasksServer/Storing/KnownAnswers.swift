import TasksModel
import TasksStore

/// What a client wants to see of a list.
struct PageRequest {
  /// What it wrote, and how much of that is the filter.
  ///
  /// Known by these: Swift takes texts for the same that are made of different bytes, and the database does not.
  var text: UTF8Key
  var filterText: UTF8Key
  var filter: Filter
  var order: [SortKey]
  var place: PagePlace?
  var limit: Int
}

/// A page of a list as it is sent.
struct RenderedPage {
  /// A JSON array.
  var body: HTTPResponse.Body
  /// Where the next page goes on; nil if this was the last.
  var next: PagePlace?
}

/// Totals and pages of lists, known as long as nothing is written: a list tells its total with every page, and
/// who looks whether there is something new asks for the same page every time.
struct KnownAnswers {
  private let space: AnswerSpace
  /// What the store was when they were true.
  private var version: Int64 = -1
  private var counts: [UTF8Key: Int] = [:]
  private var pages: [UTF8Key: RenderedPage] = [:]
  /// Bytes of all pages.
  private var size = 0

  private static let mostCounts = 64
  private static let mostBytes = 1 << 20

  mutating func list(
    _ request: PageRequest, in store: Store, _ clock: Clock
  ) throws -> (total: Int, page: RenderedPage) {
    // Asked first: what is written from here on may be in an answer already, but is news the next time.
    let now = try store.dataVersion
    if now != version {
      (version, counts, pages, size) = (now, [:], [:], 0)
    }
    return (try count(request, in: store, clock), try page(request, in: store, clock))
  }

  init(_ space: AnswerSpace) { self.space = space }

  private mutating func count(
    _ request: PageRequest, in store: Store, _ clock: Clock
  ) throws -> Int {
    if let count = counts[request.filterText] { return count }
    let count = try store.count(request.filter, clock: clock)
    if counts.count >= Self.mostCounts { counts = [:] }
    counts[request.filterText] = count
    return count
  }

  private mutating func page(
    _ request: PageRequest, in store: Store, _ clock: Clock
  ) throws -> RenderedPage {
    if let page = pages[request.text] { return page }
    let page = try newPage(request, in: store, clock)
    guard case .bytes(let bytes) = page.body else { return page }
    if size + bytes.count > Self.mostBytes { (pages, size) = ([:], 0) }
    pages[request.text] = page
    size += bytes.count
    return page
  }

  private func newPage(
    _ request: PageRequest, in store: Store, _ clock: Clock
  ) throws -> RenderedPage {
    var list = ListAnswer(space)
    let next = try store.forEach(
      request.filter, order: request.order, after: request.place, limit: request.limit,
      clock: clock
    ) { task in
      list.add { TaskJSON.append(task, to: &$0) }
    }
    return RenderedPage(body: try list.body(), next: next)
  }
}
