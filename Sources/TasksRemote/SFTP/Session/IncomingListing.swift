/// A folder's names on their way here.
///
/// A server tells about a hundred at a time. How many times there are is not known before, so the questions that are on
/// their way at once grow with the answers: sixty files take one turn, ten thousand three.
final class IncomingListing {
  private let client: SFTPClient
  private let path: String
  private let opening: SFTPClient.Ticket
  private var handle: [UInt8]?
  private var readings: [SFTPClient.Ticket] = []
  private var listing = Listing()
  private var count = 0

  private static let first = 8
  private static let growth = 4
  private static let most = 64

  /// Asks for the folder.
  init(_ path: String, from client: SFTPClient) throws(RemoteError) {
    self.client = client
    self.path = path
    opening = try client.send(.openFolder(path))
  }

  /// Asks for the first names; false if there is no such folder.
  func ask() throws(RemoteError) -> Bool {
    switch try client.reply(opening) {
    case .handle(let handle):
      self.handle = handle
      for _ in 0..<Self.first { readings.append(try client.send(.readFolder(handle))) }
      return true
    case .status(let status) where status.code == SFTPStatus.noSuchFile: return false
    case .status(let status): throw status.error(about: path)
    default: throw client.fail(.violation(.malformed(type: 0)))
    }
  }

  /// What is in the folder, after `ask` said that it is there.
  func finish() throws(RemoteError) -> Listing {
    guard let handle else { throw .missing(path) }
    defer { for reading in readings { client.forget(reading) } }
    var next = 0
    while next < readings.count {
      let reading = readings[next]
      next += 1
      switch try client.reply(reading) {
      case .names(let count, let reader):
        try take(count, reader)
        for _ in 0..<Self.growth where readings.count - next < Self.most {
          readings.append(try client.send(.readFolder(handle)))
        }
        if next > Self.most {
          readings.removeFirst(next)
          next = 0
        }
      case .status(let status) where status.code == SFTPStatus.endOfFile:
        client.forget(try client.send(.close(handle)))
        listing.settle()
        return listing
      case .status(let status):
        client.forget(try client.send(.close(handle)))
        throw status.error(about: path)
      default: throw client.fail(.violation(.malformed(type: 0)))
      }
    }
    throw client.fail(.violation(.malformed(type: 0)))
  }

  private func take(_ names: Int, _ reader: PacketReader) throws(RemoteError) {
    var reader = reader
    count += names
    // The two are `.` and `..`.
    guard count <= RemoteLimits.names + 2 else { throw client.fail(.violation(.endlessListing)) }
    for _ in 0..<names {
      // The second string is a line as `ls -l` prints it.
      guard let bytes = reader.string(), reader.string() != nil,
        let attributes = reader.attributes()
      else { throw client.fail(.violation(.malformed(type: SFTPReply.Kind.names.rawValue))) }
      guard let name = bytes.withUnsafeBytes({ RemoteName($0) }), attributes.mayBePlainFile else {
        if !bytes.elementsEqual(".".utf8), !bytes.elementsEqual("..".utf8) {
          listing.strangers += 1
        }
        continue
      }
      listing.add(RemoteEntry(name, size: attributes.size, modified: attributes.modified))
    }
  }
}
