/// What a client asks.
package struct HTTPRequest: Sendable {
  /// `X-Request-Id` if the client sent a usable one (1 to 128 visible ASCII characters), else one made here.
  package let id: String
  /// As it was written: methods have case.
  package let method: String
  package let target: HTTPTarget
  package let fields: HTTPFields
  package let peer: HTTPPeer
  /// Empty while only the head has come.
  package internal(set) var body: [UInt8] = []
  /// How long the body is going to be; nil if that is not known before it ends.
  ///
  /// 0 without a body.
  package let announcedLength: Int?

  package init(
    id: String = "", method: String, target: HTTPTarget, fields: HTTPFields = HTTPFields(),
    peer: HTTPPeer = .unix, body: [UInt8] = [], announcedLength: Int? = nil
  ) {
    self.id = id
    self.method = method
    self.target = target
    self.fields = fields
    self.peer = peer
    self.body = body
    self.announcedLength = announcedLength ?? body.count
  }

  init(
    id: String, method: String, target: HTTPTarget, fields: HTTPFields, peer: HTTPPeer,
    announcing length: Int?
  ) {
    self.id = id
    self.method = method
    self.target = target
    self.fields = fields
    self.peer = peer
    announcedLength = length
  }

  /// Whether a body follows the head.
  package var hasBody: Bool { announcedLength != 0 }
  package var isFromUnixSocket: Bool { peer == .unix }
}
