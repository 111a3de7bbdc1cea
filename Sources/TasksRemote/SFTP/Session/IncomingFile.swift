/// A file on its way here.
///
/// With its size known it takes two turns, however long it is: one to open it, one to read all of it and to see that nothing
/// comes after it.
final class IncomingFile {
  private let client: SFTPClient
  private let path: String
  private let limit: Int
  private let opening: SFTPClient.Ticket
  /// Asks for the size, if the caller did not know it.
  private let sizing: SFTPClient.Ticket?
  private var size: Int
  private var handle: [UInt8]?
  private var pieces: [Piece] = []
  private var failure: RemoteError?
  /// How many bytes have been asked for and not been handed over.
  private(set) var weight = 0

  /// Where this file is in the conversation; others do not wait for it.
  private(set) var turn: Int
  /// The turn that it was asked for in: the answers to those of one turn come together.
  let openingTurn: Int

  private struct Piece {
    let offset: Int
    let count: Int
    let ticket: SFTPClient.Ticket
  }

  /// Asks for the file.
  ///
  /// Of more than `limit` bytes only one more is read.
  init(
    _ path: String, size: Int?, limit: Int, from client: SFTPClient
  ) throws(RemoteError) {
    self.client = client
    self.path = path
    self.limit = limit
    self.size = size ?? 0
    turn = client.turn
    openingTurn = client.turn + 1
    opening = try client.send(.open(path, .read))
    sizing = size == nil ? try client.send(.stat(path)) : nil
  }

  /// Whether `ask` would not wait.
  var isAnswered: Bool {
    client.isAnswered(opening) && sizing.map(client.isAnswered) ?? true
  }

  private func begin() -> Int {
    let others = client.turn
    client.turn = max(turn, others)
    return others
  }

  private func end(_ others: Int) {
    turn = client.turn
    client.turn = others
  }

  /// Asks for the content, in pieces of so many bytes.
  ///
  /// Does not wait for it.
  func ask(pieces length: Int) throws(RemoteError) {
    let others = begin()
    defer { end(others) }
    if let sizing, case .attributes(let attributes) = try client.reply(sizing) {
      size = attributes.size ?? 0
    }
    switch try client.reply(opening) {
    case .handle(let handle): self.handle = handle
    case .status(let status): failure = status.error(about: path)
    default: throw client.fail(.violation(.malformed(type: 0)))
    }
    guard let handle else { return }
    let known = min(size, limit)
    for offset in stride(from: 0, to: known, by: length) {
      try ask(handle, offset, min(length, known - offset))
    }
    try ask(handle, known, 1)
  }

  private func ask(_ handle: [UInt8], _ offset: Int, _ count: Int) throws(RemoteError) {
    let ticket = try client.send(.read(handle, offset: offset, count: count))
    pieces.append(Piece(offset: offset, count: count, ticket: ticket))
    weight += count
  }

  /// Waits for the content, at most a byte more than the limit, and closes the file.
  func content(pieces length: Int) throws(RemoteError) -> [UInt8] {
    let others = begin()
    defer {
      end(others)
      for piece in pieces { client.forget(piece.ticket) }
      pieces = []
      weight = 0
    }
    if let failure { throw failure }
    guard let handle else { throw .missing(path) }
    var content: [UInt8] = []
    content.reserveCapacity(min(size, limit) + 1)
    var ended = false
    var crumbs = 0
    while !ended, content.count <= limit {
      if pieces.isEmpty { try ask(handle, content.count, min(length, limit + 1 - content.count)) }
      let piece = pieces.removeFirst()
      guard piece.offset == content.count else {
        // What came before it was shorter than asked for.
        client.forget(piece.ticket)
        continue
      }
      switch try client.reply(piece.ticket) {
      case .data(let data):
        guard (1...piece.count).contains(data.count) else {
          throw client.fail(.violation(.malformed(type: SFTPReply.Kind.data.rawValue)))
        }
        content.append(contentsOf: data)
        if data.count < piece.count {
          // A server may give less than it was asked for, but not for ever.
          crumbs += 1
          guard crumbs <= 64 + content.count / 256 else {
            throw client.fail(.violation(.endlessFile))
          }
        }
      case .status(let status) where status.code == SFTPStatus.endOfFile: ended = true
      case .status(let status):
        client.forget(try client.send(.close(handle)))
        throw status.error(about: path)
      default: throw client.fail(.violation(.malformed(type: 0)))
      }
    }
    client.forget(try client.send(.close(handle)))
    return content
  }

  /// Gives the file up.
  func discard() throws(RemoteError) {
    for piece in pieces { client.forget(piece.ticket) }
    pieces = []
    if let sizing { client.forget(sizing) }
    if handle == nil, failure == nil, case .handle(let opened) = try client.reply(opening) {
      handle = opened
    }
    if let handle { client.forget(try client.send(.close(handle))) }
  }
}
