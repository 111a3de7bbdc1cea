import Synchronization
import TasksModel
import TasksStore

/// Tells everybody who follows what happens: tasks that were written to, conflicts, and how syncing goes.
///
/// An event's id is the key of an operation, which the store keeps. So a client that was away, or a server that was
/// started anew, goes on where it stopped.
final class EventFeed: Sendable {
  private struct Shared: Sendable {
    /// The newest operation that was told of.
    var position: Int64
    var followers: [EventStream] = []
    /// Conflicts that were told of.
    var conflicts: Set<String> = []
    /// What was said last of syncing.
    var status: JSON?
  }

  private let readers: Readers
  private let shared: Mutex<Shared>
  /// How many operations are looked at together.
  private static let portion = 1000

  init(_ readers: Readers) throws {
    self.readers = readers
    let (position, conflicts) = try readers.read { reading in
      (try reading.store.newestOperation, try reading.store.conflicts().map(\.id))
    }
    shared = Mutex(Shared(position: position, conflicts: Set(conflicts)))
  }

  /// Lets a client follow, from after an event if it says which was its last.
  func follow(_ stream: EventStream, after last: Int64?) throws {
    // Nothing is told to the others meanwhile, so nothing comes twice or not at all.
    try shared.withLock { shared in
      shared.followers.removeAll(where: \.isEnded)
      if let last {
        var position = last
        try readers.read { reading in
          while position < shared.position {
            let (events, end) = try Self.events(after: position, in: reading.store, told: nil)
            guard end > position else { break }
            position = end
            for event in events { stream.send(event) }
          }
        }
      }
      shared.followers.append(stream)
    }
  }

  /// Whether anybody would hear of something.
  var hasFollowers: Bool { shared.withLock { !$0.followers.isEmpty } }

  /// Tells of what was written since the last time.
  func tell() throws {
    try shared.withLock { shared in
      try readers.read { reading in
        let newest = try reading.store.newestOperation
        // Edits that came in from a copy of the store are dropped, and their keys are given again.
        if newest < shared.position { shared.position = newest }
        if shared.followers.isEmpty, shared.position < newest {
          // Whoever comes later and wants to hear of it says where to begin.
          shared.position = newest
          shared.conflicts.formUnion(try reading.store.conflicts().map(\.id))
        }
        while shared.position < newest {
          let (events, end) = try Self.events(
            after: shared.position, in: reading.store, told: shared.conflicts)
          guard end > shared.position else { break }
          shared.position = end
          for event in events {
            if event.kind == .conflict { shared.conflicts.insert(event.name) }
            for follower in shared.followers { follower.send(event) }
          }
        }
      }
      shared.followers.removeAll(where: \.isEnded)
    }
  }

  /// Tells how syncing goes, if that is news.
  func tell(_ status: JSON) {
    shared.withLock { shared in
      guard shared.status != status else { return }
      shared.status = status
      let event = Event(.sync, id: shared.position, status)
      for follower in shared.followers { follower.send(event) }
    }
  }

  /// Ends all streams.
  func end() {
    shared.withLock { shared in
      for follower in shared.followers { follower.close() }
      shared.followers = []
    }
  }

  private static func events(
    after position: Int64, in store: Store, told: Set<String>?
  ) throws -> (events: [Event], end: Int64) {
    let (tasks, end) = try store.touched(since: position, limit: portion)
    var events: [Event] = []
    let conflicts = Dictionary(grouping: try store.conflicts(), by: \.task)
    let name = try store.device(named: "this device").name
    for (last, key) in tasks {
      guard let record = try store.record(of: key) else { continue }
      var bytes: [UInt8] = []
      TaskJSON.append(record, to: &bytes)
      events.append(Event(.task, id: last, name: record.id.text, bytes))
      for conflict in conflicts[key] ?? [] where !(told?.contains(conflict.id) ?? false) {
        let document = ConflictJSON(ownName: name).document(conflict)
        events.append(
          Event(
            .conflict, id: last, name: conflict.id, JSONWriter.bytes(document, style: .canonical)))
      }
    }
    return (events, end)
  }
}

/// Something that happened.
struct Event: Sendable {
  enum Kind: String, Sendable { case task, sync, conflict }

  let kind: Kind
  let id: Int64
  /// What it is about.
  let name: String
  /// JSON on one line.
  let data: [UInt8]

  init(_ kind: Kind, id: Int64, name: String, _ data: [UInt8]) {
    self.kind = kind
    self.id = id
    self.name = name
    self.data = data
  }

  init(_ kind: Kind, id: Int64, _ document: JSON) {
    self.init(kind, id: id, name: "", JSONWriter.bytes(document, style: .canonical))
  }
}

extension EventStream {
  func send(_ event: Event) {
    send(
      id: String(event.id), event: event.kind.rawValue,
      data: String(decoding: event.data, as: UTF8.self))
  }
}
