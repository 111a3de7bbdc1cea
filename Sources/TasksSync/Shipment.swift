import TasksFormat
import TasksModel
import TasksRemote
import TasksStore

/// Changes on their way to a remote that lacks them: bundles made one load after the other.
final class Shipment {
  /// A bundle as it is published.
  struct Parcel {
    let name: RemoteName
    let bytes: [UInt8]
    let span: HeldSpan
    let changes: Int

    /// Nil if its name is none that a remote may have.
    init?(_ bundle: Bundle, _ span: HeldSpan, _ coding: RemoteCoding) throws {
      let (name, bytes) = try coding.encode(bundle)
      guard let name = RemoteName(name.text) else { return nil }
      self.name = name
      self.bytes = bytes
      self.span = span
      changes = bundle.count
    }

    var upload: Upload { Upload(name) { bytes } }
  }

  /// What the remote was thought to have.
  let coverage: Coverage
  let coding: RemoteCoding
  private let outbox: Outbox
  /// What is to be sent next; empty once the remote lacks nothing.
  private(set) var load: [Parcel] = []

  /// As many drafts as a remote begins at once.
  private static let mostParcels = 100
  private static let mostBytes = 8 << 20

  init(_ store: Store, lacking coverage: Coverage, _ coding: RemoteCoding, batch: Int) throws {
    self.coverage = coverage
    self.coding = coding
    outbox = try Outbox(store, lacking: coverage, batch: batch)
    try next()
  }

  /// Makes the next load.
  func next() throws {
    load = []
    var size = 0
    while load.count < Self.mostParcels, size < Self.mostBytes,
      let (bundle, span) = try outbox.next()
    {
      guard let parcel = try Parcel(bundle, span, coding) else { continue }
      load.append(parcel)
      size += parcel.bytes.count
    }
  }

  var uploads: [Upload] { load.map(\.upload) }
}
