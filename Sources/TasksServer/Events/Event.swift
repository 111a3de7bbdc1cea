import TasksModel

/// Something that happened.
struct Event: Sendable {
  enum Kind: String, Sendable { case task, sync, conflict }

  let kind: Kind
  let id: Int64
  /// JSON on one line.
  let data: [UInt8]

  init(_ kind: Kind, id: Int64, _ data: [UInt8]) {
    self.kind = kind
    self.id = id
    self.data = data
  }

  init(_ kind: Kind, id: Int64, _ document: JSON) {
    self.init(kind, id: id, JSONWriter.bytes(document, style: .canonical))
  }
}

extension EventStream {
  func send(_ event: Event) {
    send(
      id: String(event.id), event: event.kind.rawValue,
      data: String(decoding: event.data, as: UTF8.self))
  }
}
