import TasksFormat
import TasksModel

/// Takes in the changes of bundles, inside one transaction.
///
/// Nothing waits for anything: a change may come before the one it follows, and an operation before those it replaces.
struct Intaker {
  /// Where the operations of a change that is held are.
  struct Place {
    let first: Int64
    /// How many have keys: none of a change of a later version, which only lives on in its line.
    let count: Int32
  }

  /// A device's row.
  private struct Device {
    let key: Int64
    var name: String
    var last: Int
    /// The change that was taken in last.
    var tip: ChangeID?
    /// Whether two of its changes were found to have one number.
    var isForked = false
  }

  /// How many tasks are gathered before they are written out: what many operations touch is then written once.
  private static let mostTasks = 12_000
  /// How many places of changes are remembered: three megabytes.
  private static let mostPlaces = 98_000

  let connection: Connection
  let merger: Merger
  private var digest: Digest?
  private var intake = Intake()
  /// The first key of the changes taken in here.
  let firstChange: Int64
  private var nextChange: Int64
  private var bundle: Int64?
  private var devices: [DeviceID: Device] = [:]
  var tasks: [TaskID: Int64] = [:]
  /// Places looked up or made here, by the first sixteen digits of the change's id, where no two begin alike.
  private var places: [UInt64: Place] = [:]
  /// What operations write that replace some which came after them.
  var replacing: [Int64: Replacer] = [:]
  var awaits: Bool
  private var misses: Bool
  /// Tasks of changes whose names begin like another's, which is no accident.
  private var confused: Set<Int64> = []

  init(connection: Connection, merger: Merger) throws {
    self.connection = connection
    self.merger = merger
    nextChange = try connection.nextChangeKey()
    firstChange = nextChange
    awaits =
      try connection.first("SELECT 1 FROM awaited LIMIT 1", read: { _ in true }) ?? false
    misses = try connection.first("SELECT 1 FROM absent LIMIT 1", read: { _ in true }) ?? false
  }

  /// Whether a change came under the very id that this device goes by.
  var isOwnIdentityTaken: Bool {
    get throws { intake.changes[try merger.ownDevice()] != nil }
  }

  /// Writes everything out, and says what came of it.
  mutating func finish() throws -> Intake {
    try flush()
    for task in confused { try merger.mergeAnew(task) }
    try merger.flush()
    for device in devices.values {
      try connection.run(
        "UPDATE devices SET name = ?, last = ?, is_forked = max(is_forked, ?) WHERE key = ?",
        .text(device.name), .integer(Int64(device.last)), SQLValue(device.isForked),
        .integer(device.key))
    }
    intake.tasks = Set(merger.touched.map { TaskKey(rawValue: $0) })
    return intake
  }

  /// Begins with a bundle: what is taken from now on is in its file.
  mutating func begin(_ digest: Digest) {
    self.digest = digest
    bundle = nil
  }

  /// Whether something of the bundle was not held before.
  var hasTaken: Bool { bundle != nil }

  private mutating func flush() throws(StoreError) {
    try merger.flush()
    if places.count > Intaker.mostPlaces { places.removeAll() }
    if replacing.count > 4096 { replacing.removeAll() }
  }

  /// Holds a change from now on, if it is not held yet.
  mutating func take(_ sealed: SealedChange) throws {
    let change = sealed.change
    var device = try device(of: change)
    // A device's changes are numbered: what has a greater number than all that are held is not held.
    if change.sequence <= device.last, try connection.key(of: sealed.id) != nil {
      intake.known += 1
      return
    }
    if change.sequence <= device.last, try isNumbered(change, device) {
      intake.forks.append((change.device, change.sequence))
      device.isForked = true
    }
    try follow(sealed, device)
    if change.sequence > device.last
      || change.sequence == device.last && UTF8Order.isLess(device.name, change.name)
    {
      device.last = change.sequence
      device.name = change.name
    }
    device.tip = sealed.id
    devices[change.device] = device
    intake.changes[change.device, default: 0] += 1
    intake.names[change.device] = device.name

    if change.version > Change.newestVersion { intake.newer += 1 }
    let operations = change.operationsThatCount
    let key = nextChange
    nextChange += 1
    let first = try merger.takeKeys(operations.count)
    try connection.insert(
      sealed, key: key, device: device.key, first: first, bundle: try bundleKey())
    let isAlone = try !hasNamesake(sealed.id, key: key)
    let place = Place(first: first, count: Int32(operations.count))
    places[sealed.id.prefix] = isAlone ? place : nil
    let replacers = try replacers(of: sealed.id, count: operations.count)
    for (index, operation) in operations.enumerated() {
      let task = try take(
        operation, at: index, of: sealed, key: key, first: first,
        replacedBy: replacers[index] ?? [])
      if let task, !isAlone { confused.insert(task) }
    }
    try merger.writeOperations()
    if merger.pending >= Intaker.mostTasks { try flush() }
  }

  /// Whether another change's id begins like this one's.
  private func hasNamesake(_ id: ChangeID, key: Int64) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM changes WHERE substr(id, 1, 16) = ? AND key <> ? LIMIT 1", .text(id.short),
      .integer(key), read: { _ in true }) ?? false
  }

  // MARK: - Chains

  private mutating func device(of change: Change) throws(StoreError) -> Device {
    if let known = devices[change.device] { return known }
    try connection.run(
      """
      INSERT INTO devices (id, name, last, is_own) VALUES (?, ?, 0, ?) ON CONFLICT (id) DO NOTHING
      """, .text(change.device.text), .text(change.name),
      SQLValue(try merger.ownDevice() == change.device))
    let found = try connection.first(
      "SELECT key, name, last FROM devices WHERE id = ?", .text(change.device.text),
      read: { Device(key: $0.integer(0), name: $0.text(1), last: Int($0.integer(2))) })
    guard let found else {
      throw .damaged(path: connection.path, detail: "it does not take in a device")
    }
    return found
  }

  private func isNumbered(_ change: Change, _ device: Device) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM changes WHERE device = ? AND seq = ? LIMIT 1", .integer(device.key),
      .integer(Int64(change.sequence)), read: { _ in true }) ?? false
  }

  /// Notes what the change says came before it, if that is not here.
  private mutating func follow(_ sealed: SealedChange, _ device: Device) throws(StoreError) {
    if misses {
      try connection.run("DELETE FROM absent WHERE id = ?", .text(sealed.id.text))
    }
    guard let previous = sealed.change.previous, previous != device.tip else { return }
    guard try connection.key(of: previous) == nil else { return }
    misses = true
    try connection.run(
      "INSERT OR IGNORE INTO absent (id, device, seq) VALUES (?, ?, ?)", .text(previous.text),
      .integer(device.key), .integer(Int64(sealed.change.sequence - 1)))
  }

  private mutating func bundleKey() throws(StoreError) -> Int64 {
    if let bundle { return bundle }
    let digest = digest?.text ?? ""
    try connection.run(
      "INSERT INTO bundles (digest) VALUES (?) ON CONFLICT (digest) DO NOTHING",
      .text(digest))
    let key =
      try connection.first(
        "SELECT key FROM bundles WHERE digest = ?", .text(digest), read: { $0.integer(0) })
    bundle = key
    return key ?? 0
  }

  /// The changes whose ids begin like that: none, one, or more if somebody has gone to great lengths.
  mutating func places(named prefix: UInt64) throws(StoreError) -> [Place] {
    if let known = places[prefix] { return [known] }
    let found = try connection.all(
      "SELECT first, count FROM changes WHERE substr(id, 1, 16) = ?",
      .text(Hexadecimal.text(of: prefix)),
      read: { Place(first: $0.integer(0), count: Int32(clamping: $0.integer(1))) })
    if found.count == 1 { places[prefix] = found[0] }
    return found
  }
}
