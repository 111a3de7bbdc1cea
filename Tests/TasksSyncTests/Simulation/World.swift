import Foundation
import MergeSupport
import TasksFormat
import TasksModel
import TasksSync

@testable import TasksStore

/// Several devices and remotes, on which a script is played.
///
/// Whatever happens is allowed to happen. What holds is checked after each event as far as that is quick, and all of it
/// at the end, when everything is connected.
final class World {
  let script: Script
  let flaw: Flaw?
  var seats: [Seat] = []
  var depots: [Depot] = []
  var record = EditRecord()
  /// The true time.
  var now = Device.start.milliseconds
  /// Changes that were nowhere at some moment: the only disk that had them is gone.
  var lost: Set<ChangeID> = []
  /// Changes that were read, to be judged.
  var sealed: [ChangeID: SealedChange] = [:]
  /// What this history came across.
  var sights: Set<Sight> = []
  private let scratch: Scratch
  private var copies = 0

  init(_ script: Script, flaw: Flaw? = nil) throws {
    self.script = script
    self.flaw = flaw
    scratch = try Scratch()
    for (number, kind) in script.remotes.enumerated() {
      let name = number == 0 ? RemoteRecord.usualName : "remote\(number)"
      depots.append(try Depot(kind, name: name, in: scratch.path))
    }
    for number in 0..<max(1, script.devices) {
      let seat = try makeSeat(onDisk: script.disks.contains(number))
      for depot in depots { try connect(seat, to: depot, isFirst: number == 0) }
    }
  }

  static let mostSeats = 6

  private func makeSeat(onDisk: Bool) throws -> Seat {
    let number = seats.count
    let directory = onDisk ? try newPath() : nil
    let store =
      try directory.map { try Store.open(at: $0, creating: true, zone: .utc) }
      ?? Store.inMemory(zone: .utc)
    let id = DeviceID("\(number % 10)c00000000000000") ?? .random()
    if !onDisk { try store.set("device.id", to: id.text) }
    let seat = Seat(
      try Device("device \(number)", store: store), directory: directory,
      firstDevice: try store.ownDevice)
    seats.append(seat)
    return seat
  }

  func newPath() throws -> String {
    copies += 1
    return "\(scratch.path)/store-\(copies)"
  }

  /// Adds a remote; whoever makes an encrypted one has its key from the beginning, others enter the passphrase.
  func connect(_ seat: Seat, to depot: Depot, isFirst: Bool) throws {
    let record = try seat.device.add(depot.place, as: depot.name)
    guard isFirst, case .encrypted(let key) = depot.place.coding else { return }
    try seat.store.pin(
      record, settings: RemoteSettings.encrypted(key.settings).bytes, secret: key.bytes,
      isMet: false)
  }

  /// A device that comes to a remote at the end and knows nothing else.
  func makeNewcomer(at depot: Depot) throws -> Seat {
    let seat = try makeSeat(onDisk: false)
    seat.isNewcomer = true
    try seat.device.add(depot.place)
    return seat
  }

  // MARK: - Playing

  /// Returns what was broken and when; nil if nothing was.
  ///
  /// - Parameter seen: what the history came across up to then.
  static func failure(
    of script: Script, flaw: Flaw? = nil, seen: (Set<Sight>) -> Void = { _ in }
  ) -> String? {
    var moment = "before the first event"
    do {
      let world = try World(script, flaw: flaw)
      defer { seen(world.sights) }
      for (number, event) in script.events.enumerated() {
        moment = "event \(number) \(event)"
        try world.play(event)
      }
      moment = "at the end"
      try world.end { moment = $0 }
      return nil
    } catch {
      return "\(moment): \(error)"
    }
  }

  func seat(_ number: Int) -> Seat { seats[number % seats.count] }

  private func play(_ event: Event) throws {
    now += 16
    for (number, seat) in seats.enumerated() { turn(seat, number) }
    switch event {
    case .create(let device, let task, let values): try create(seat(device), task, values)
    case .update(let device, let task, let values): try update(seat(device), task, values)
    case .delete(let device, let task): try delete(seat(device), task)
    case .open(let device, let task): try open(seat(device), task)
    case .save(let device, let values): try save(seat(device), values)
    case .resolve(let device, let conflict, let side): try resolve(seat(device), conflict, side)
    case .seal(let device): try seal(seat(device))
    case .fill(let device, let count): try fill(seat(device), count)
    case .exchange(let device, let remote, let exchange):
      _ = try self.exchange(seat(device), depots[remote % depots.count], exchange)
    case .carry(let from, let to, let since): try carry(from: seat(from), to: seat(to), since)
    case .tidy(let device): _ = try seat(device).store.fold(at: seat(device).device.now)
    case .backUp(let device): try backUp(seat(device))
    case .restore(let device): try restore(seat(device))
    case .copy(let device, let isUnnoticed): try copy(seat(device), isUnnoticed: isUnnoticed)
    case .clock(let device, let offset): seat(device).offset = offset
    case .date(let device, let moment): seat(device).offset = moment - now
    case .pass(let milliseconds): now += milliseconds
    case .harm(let remote, let harm):
      try destroying { try depots[remote % depots.count].suffer(harm) }
    case .mount(let remote, let place): try depots[remote % depots.count].mount(place)
    }
  }

  /// Puts a device's clock to what it says now; no two ever say the same, so that no two edits are made at one moment.
  func turn(_ seat: Seat, _ number: Int) {
    let reading = max(0, now + seat.offset)
    seat.device.now = Instant(milliseconds: reading / 16 * 16 + Int64(number % 16))
    seat.device.serverNow = Instant(milliseconds: now)
    if seat.offset > 250_000 { seat.wasAhead = true }
  }

  /// Does something that may take changes out of the world.
  func destroying(_ body: () throws -> Void) throws {
    let before = try existing()
    try body()
    let after = try existing()
    lost.formUnion(before.subtracting(after))
    lost.subtract(after)
  }

  /// Every change that somebody has or could get.
  func existing() throws -> Set<ChangeID> {
    var all: Set<ChangeID> = []
    for seat in seats { all.formUnion(try seat.changes()) }
    for depot in depots { all.formUnion(try depot.allChanges()) }
    return all
  }
}
