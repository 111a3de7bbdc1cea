import TasksModel
import TasksStore

/// Lists of tasks, a page at a time.
enum ListRoute {
  static func answer(_ service: Service, _ call: Call) throws -> HTTPResponse {
    let values = call.values
    let clock = service.clock
    let filter = filter(values, clock)
    let order = values.sortKeys() ?? []
    var place: PagePlace?
    if let cursor = values.text("cursor") {
      guard let found = Cursor.place(cursor, of: order) else {
        throw Problem(.notFound, "The cursor is from no page of this list.")
      }
      place = found
    }
    // Without a limit there is one page, of all of them.
    let limit = values.integer("limit") ?? Int(Int32.max)
    let query = call.request.target.query
    let request = PageRequest(
      text: UTF8Key(text(query)),
      filterText: UTF8Key(text(query.filter { !["sort", "limit", "cursor"].contains($0.name) })),
      filter: filter, order: order, place: place, limit: limit)
    let (total, page) = try service.readers.read { try $0.list(request, clock) }
    var fields = [HTTPField("X-Total-Count", String(total))]
    if let next = page.next {
      let cursor = Cursor.text(next, of: order)
      fields.append(HTTPField("Link", "<\(address(call, cursor))>; rel=\"next\""))
    }
    return .json(200, body: page.body, fields)
  }

  private static func filter(_ values: RequestValues, _ clock: Clock) -> Filter {
    var filters: [Filter] = []
    if values.bool("include_deleted") != true { filters.append(.not(.deleted)) }
    if let completed = values.bool("completed") {
      filters.append(completed ? .ticked : .not(.ticked))
    }
    if let project = values.text("project") { filters.append(.project(project)) }
    if let tag = values.text("tag") { filters.append(.tag(tag)) }
    if let priority = values.text("priority") { filters.append(.priority(priority)) }
    if let words = values.text("q") { filters.append(.text(words)) }
    // A date ends where this server is.
    if let moment = values.moment("due_before") {
      filters.append(.due(.before(moment.start(in: clock.zone))))
    }
    if let moment = values.moment("due_after") {
      filters.append(.due(.after(moment.deadline(in: clock.zone))))
    }
    if let since = values.instant("updated_since") { filters.append(.updated(since: since)) }
    return .all(filters)
  }

  /// The address of the next page: this one, with another cursor.
  private static func address(_ call: Call, _ cursor: String) -> String {
    let others = call.request.target.query.filter { $0.name != "cursor" }
    return call.request.target.rawPath + "?" + text(others + [HTTPField("cursor", cursor)])
  }

  /// The query as it stands in an address.
  private static func text(_ query: [HTTPField]) -> String {
    query.map { PercentEncoding.text($0.name) + "=" + PercentEncoding.text($0.value) }
      .joined(separator: "&")
  }
}
