import CMicroHTTPD
import Synchronization

/// Reads the head of a request from the library, and refuses what the library would let pass.
///
/// libmicrohttpd 0.9.75 has a level of strictness, but its check for blanks before a colon works only at the lenient one.
/// It takes folded lines, bare line feeds, and what stands before a NUL. Two programs that understand such a head
/// differently can be played off against each other (request smuggling), so it must be exactly as RFC 9112 writes it:
/// the parts must lie in memory as they would in a head without any of these.
struct HTTPHead {
  private let connection: OpaquePointer
  private var fields = HTTPFields()
  /// Where the next field must begin.
  private var next: UnsafePointer<CChar>
  private var isSound = true

  /// What the library says of the first line.
  struct Line {
    let method: UnsafePointer<CChar>
    let target: UnsafePointer<CChar>
    let version: UnsafePointer<CChar>
    let rawTarget: String
  }

  /// - Parameter id: made for the request, in case it brings none.
  static func read(
    _ line: Line, from connection: OpaquePointer, peer: HTTPPeer, limits: HTTPLimits,
    id: () -> String
  ) -> (id: String, Result<HTTPRequest, HTTPFault>) {
    var head = HTTPHead(connection: connection, next: line.version + 10)
    withUnsafeMutablePointer(to: &head) { head in
      _ = MHD_get_connection_values_n(
        connection, .HEADER_KIND,
        { context, _, name, nameSize, value, valueSize in
          guard let head = context?.assumingMemoryBound(to: HTTPHead.self), let name else {
            return .NO
          }
          return head.pointee.take(name, nameSize, value, valueSize) ? .YES : .NO
        }, head)
    }
    var chosen = head.fields["X-Request-Id"] ?? ""
    if !(1...128).contains(chosen.utf8.count) || !chosen.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) {
      chosen = id()
    }
    do throws(HTTPFault) {
      return (chosen, .success(try head.request(line, peer: peer, limits: limits, id: chosen)))
    } catch {
      return (chosen, .failure(error))
    }
  }

  private init(connection: OpaquePointer, next: UnsafePointer<CChar>) {
    self.connection = connection
    self.next = next
  }

  private mutating func take(
    _ name: UnsafePointer<CChar>, _ nameSize: Int, _ value: UnsafePointer<CChar>?, _ valueSize: Int
  ) -> Bool {
    let rawName = UnsafeRawBufferPointer(start: name, count: nameSize)
    guard let value, name == next, nameSize > 0, rawName.allSatisfy(Self.isTokenByte) else {
      isSound = false
      return false
    }
    var rawValue = UnsafeRawBufferPointer(start: value, count: valueSize)[...]
    next = value + valueSize + 2
    guard rawValue.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      isSound = false
      return false
    }
    while let last = rawValue.last, last == 0x20 || last == 0x09 { rawValue.removeLast() }
    fields.append(
      HTTPField(String(decoding: rawName, as: UTF8.self), String(decoding: rawValue, as: UTF8.self))
    )
    return true
  }

  private func request(
    _ line: Line, peer: HTTPPeer, limits: HTTPLimits, id: String
  ) throws(HTTPFault) -> HTTPRequest {
    let size = tasks_http_head_size(connection)
    guard size <= limits.head else { throw .headTooLarge }
    let method = String(cString: line.method)
    guard isSound, next + 2 == line.method + size, method.utf8.allSatisfy(Self.isTokenByte),
      line.target == line.method + method.utf8.count + 1,
      line.version == line.target + line.rawTarget.utf8.count + 1
    else { throw .malformed }
    let isOld = line.version[7] == CChar(bitPattern: UInt8(ascii: "0"))
    let hosts = fields.values("Host")
    guard hosts.count == 1 || (hosts.isEmpty && isOld),
      let target = HTTPTarget(line.rawTarget, method: method, host: hosts.first)
    else { throw .malformed }
    return HTTPRequest(
      id: id, method: method, target: target, fields: fields, peer: peer,
      announcing: try announcedLength(isOld: isOld))
  }

  /// How long the body is, nil if that shows when it ends.
  ///
  /// The library has read the numbers already, and refuses one that is none by itself.
  private func announcedLength(isOld: Bool) throws(HTTPFault) -> Int? {
    let lengths = fields.values("Content-Length")
    let encodings = fields.values("Transfer-Encoding")
    if let expectation = fields["Expect"], !HTTPFields.isSame(expectation, "100-continue") {
      throw .unknownExpectation
    }
    guard encodings.isEmpty else {
      guard lengths.isEmpty, !isOld else { throw .malformed }
      guard encodings.count == 1, HTTPFields.isSame(encodings[0], "chunked") else {
        throw .unknownTransferEncoding
      }
      return nil
    }
    guard lengths.count <= 1 else { throw .malformed }
    guard let length = lengths.first else { return 0 }
    guard let length = Int(length) else { throw .malformed }
    return length
  }

  /// Whether a byte may be in a name: a token (RFC 9110, section 5.6.2).
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: tokenMarks.contains(byte)
    }
  }

  private static let tokenMarks = Array("!#$%&'*+-.^_`|~".utf8)
}
