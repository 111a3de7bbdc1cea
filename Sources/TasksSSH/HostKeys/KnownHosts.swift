import Glibc
package import TasksFiles

/// What the user's and the system's lists say about the keys of one host.
///
/// libssh2's own reader is not used: at a line that it does not understand it drops the rest of the file, it takes
/// `@revoked` for trust, and it does not know `!`.
package struct KnownHosts {
  /// A line of a file, counted from 1.
  package struct Place: Equatable, Sendable {
    package let file: String
    package let line: Int

    package init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  /// What the lists say about a key.
  package enum Verdict: Equatable, Sendable {
    case known(Place)
    case unknown
    case changed(Place)
    /// Only keys of other types are known.
    case otherType(Place)
    case revoked(Place)
  }

  struct Entry {
    let marker: KnownHostsLine.Marker
    let type: String
    let key: [UInt8]
    let place: Place
  }

  private(set) var entries: [Entry] = []
  /// Lists are read up to here.
  private static let most = 64 << 20

  /// Reads the lines about a host, which is given in small letters, from all files that there are.
  package init(of host: String, in files: [String]) {
    for file in files { read(file, about: host) }
  }

  private mutating func read(_ file: String, about host: String) {
    let content: [UInt8]
    do throws(FileError) {
      content = try FileHandle(file, flags: FileHandle.forReading).readToEnd(limit: Self.most)
    } catch {
      return
    }
    var number = 0
    for line in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard let line = KnownHostsLine(line), HostPattern.matches(line.names, host) else { continue }
      entries.append(
        Entry(
          marker: line.marker, type: line.type, key: line.key,
          place: Place(file: file, line: number)))
    }
  }

  /// The lines on which a key stands for the host.
  package var places: [Place] { entries.map(\.place) }

  /// The types of the keys that the host may have.
  package var types: Set<String> { Set(entries.filter { $0.marker == .none }.map(\.type)) }

  /// Whether others may vouch for the host, which needs a certificate.
  package var hasAuthority: Bool { entries.contains { $0.marker == .authority } }

  package func verdict(on key: [UInt8]) -> Verdict {
    if let entry = entries.first(where: { $0.marker == .revoked && $0.key == key }) {
      return .revoked(entry.place)
    }
    let plain = entries.filter { $0.marker == .none }
    if let entry = plain.first(where: { $0.key == key }) { return .known(entry.place) }
    let type = KeyType.type(of: key)
    if let entry = plain.first(where: { $0.type == type }) { return .changed(entry.place) }
    return plain.first.map { .otherType($0.place) } ?? .unknown
  }

  /// Adds a line for a host to a file, which is made if it is not there, for this user alone.
  package static func add(
    _ key: [UInt8], of host: String, to file: String, hidingName: Bool
  ) throws(FileError) {
    let type = KeyType.type(of: key) ?? ""
    let salt = (0..<20).map { _ in UInt8.random(in: .min ... .max) }
    let name = hidingName ? HostPattern.hidden(host, salt: salt) : host
    try Directories.make(Paths.parent(of: file))
    let handle = try FileHandle(file, flags: O_RDWR | O_APPEND | O_CREAT, mode: 0o600)
    var line = "\(name) \(type) \(Base64.encode(key))\n"
    // The last line of a file that somebody edited may have no end.
    let size = lseek(handle.descriptor, 0, SEEK_END)
    if size > 0 {
      lseek(handle.descriptor, size - 1, SEEK_SET)
      if try handle.readPiece(upTo: 1) != [UInt8(ascii: "\n")] { line = "\n" + line }
    }
    try handle.write(Array(line.utf8).span.bytes)
    try handle.sync()
  }
}
