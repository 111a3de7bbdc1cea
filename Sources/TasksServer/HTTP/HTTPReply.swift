/// Where the answer to one request goes, from any thread, now or later.
///
/// The first answer counts. If it is let go of without one, the client gets a 500, so that nobody waits for ever.
package final class HTTPReply: Sendable {
  private let give: @Sendable (HTTPResponse?) -> Void

  /// - Parameter give: called with every answer, and with nil at last; all but the first are to be ignored.
  package init(_ give: @escaping @Sendable (HTTPResponse?) -> Void) { self.give = give }

  package func send(_ response: HTTPResponse) { give(response) }

  deinit { give(nil) }
}
