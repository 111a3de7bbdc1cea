import Synchronization
import TasksModel
import TasksStore

/// Tells everybody who follows what happens: tasks that were written to, conflicts, and how syncing goes.
///
/// An event's id is the key of an operation, which the store keeps. So a client that was away, or a server that was
/// started anew, goes on where it stopped. Each follower gets as much at a time as its client takes.
final class EventFeed: Sendable {
  private struct Follower: Sendable {
    let stream: EventStream
    /// The newest operation that it was told of.
    var position: Int64
    /// What it was told last of syncing.
    var status: JSON?
  }

  private let readers: Readers
  private let followers = Mutex<[Follower]>([])
  /// How many operations are looked at together.
  private static let portion = 200
  /// Bytes that may wait for a client before it gets more.
  private static let mostWaiting = 256 << 10
  /// A longer event has only the id of what it is about.
  private static let longest = 256 << 10

  init(_ readers: Readers) { self.readers = readers }

  /// Whether anybody follows; nothing need be worked out for nobody.
  var hasFollowers: Bool { followers.withLock { !$0.isEmpty } }

  /// Lets a client follow, from after an event if it says which was its last.
  func follow(_ stream: EventStream, after last: Int64?) throws {
    let newest = try readers.read { try $0.store.newestOperation }
    followers.withLock { followers in
      followers.append(Follower(stream: stream, position: min(last ?? newest, newest)))
    }
  }

  /// Tells of what was written, and how syncing goes; true if somebody could not take all of it yet.
  func tell(_ status: JSON) throws -> Bool {
    try followers.withLock { followers in
      followers.removeAll(where: \.stream.isEnded)
      guard !followers.isEmpty else { return false }
      return try readers.read { reading in
        let newest = try reading.store.newestOperation
        var portions: [Int64: (events: [Event], end: Int64)] = [:]
        var isBehind = false
        for index in followers.indices {
          // Edits that came in from a copy of the store are dropped, and their keys are given again.
          followers[index].position = min(followers[index].position, newest)
          while followers[index].position < newest {
            guard followers[index].stream.waiting < Self.mostWaiting else {
              isBehind = true
              break
            }
            let position = followers[index].position
            let portion =
              try portions[position] ?? Self.events(after: position, in: reading.store)
            portions[position] = portion
            for event in portion.events { followers[index].stream.send(event) }
            followers[index].position = max(portion.end, position + 1)
          }
          if followers[index].status != status {
            followers[index].status = status
            followers[index].stream.send(Event(.sync, id: followers[index].position, status))
          }
        }
        return isBehind
      }
    }
  }

  /// Ends all streams.
  func end() {
    followers.withLock { followers in
      for follower in followers { follower.stream.close() }
      followers = []
    }
  }

  /// What operations after this one came to: their tasks as they are now, and the conflicts that they have part in.
  private static func events(
    after position: Int64, in store: Store
  ) throws -> (events: [Event], end: Int64) {
    let (tasks, end) = try store.touched(since: position, limit: portion)
    let conflicts = Dictionary(grouping: try store.conflicts(), by: \.task)
    let name = try store.device(named: "this device").name
    var events: [Event] = []
    for (last, key) in tasks {
      guard let record = try store.record(of: key) else { continue }
      var bytes = record.json
      if bytes.count > longest {
        bytes = JSONWriter.bytes(["id": .string(record.id.text)], style: .canonical)
      }
      events.append(Event(.task, id: last, bytes))
      for conflict in conflicts[key] ?? [] where conflict.newestSide > position {
        var document = ConflictJSON(ownName: name).document(conflict)
        if JSONWriter.bytes(document, style: .canonical).count > longest {
          document = ["id": .string(conflict.id), "task": .string(record.id.text)]
        }
        events.append(Event(.conflict, id: last, document))
      }
    }
    return (events, end)
  }
}
