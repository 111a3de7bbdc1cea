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

  /// A change that has a row now, and whose operations have keys and no rows yet.
  private struct Begun {
    let change: IncomingChange
    let key: Int64
    let first: Int64
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
  /// The bundle on the default remote that is read.
  private(set) var server: String?
  /// How many changes were held before those of the bundle.
  private var knownBefore = 0
  /// Rows of changes, which wait until there are some or somebody has to look there.
  private var rows = Change.noRows
  var devices: [DeviceID: IncomingDevice] = [:]
  var tasks: [TaskID: Int64] = [:]
  /// Places looked up or made here, by the first sixteen digits of the change's id, where no two begin alike.
  private var places: [UInt64: Place] = [:]
  /// What operations write that replace some which came after them.
  var replacing: [Int64: Replacer] = [:]
  var awaits: Bool
  var misses: Bool
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
    get throws { try (devices[merger.ownDevice()]?.taken ?? 0) > 0 }
  }

  /// Writes everything out, and says what came of it.
  mutating func finish() throws -> Intake {
    try flush()
    for task in confused { try merger.mergeAnew(task) }
    try merger.flush()
    for (id, device) in devices where device.taken > 0 {
      try connection.run(
        "UPDATE devices SET name = ?, last = ?, is_forked = max(is_forked, ?) WHERE key = ?",
        .text(device.name), .integer(Int64(device.last)), SQLValue(device.isForked),
        .integer(device.key))
      intake.changes[id] = device.taken
      intake.names[id] = device.name
    }
    intake.tasks = Set(merger.touched.map { TaskKey(rawValue: $0) })
    return intake
  }

  /// Begins with a bundle: what is taken from now on is in its file.
  ///
  /// - Parameter server: what it is on the default remote, if it was read there.
  mutating func begin(from server: String?) {
    bundle = nil
    self.server = server
    knownBefore = intake.known
  }

  /// The bundle's digest, if something of it was not held before.
  var taken: Digest? { bundle == nil ? nil : digest }

  /// Whether nothing of the bundle was held before.
  var isAllNew: Bool { intake.known == knownBefore }

  private mutating func flush() throws(StoreError) {
    try merger.flush()
    if places.count > Intaker.mostPlaces { places.removeAll() }
    if replacing.count > 4096 { replacing.removeAll() }
  }

  // MARK: - Changes

  /// Holds changes from now on, those that are not held yet.
  ///
  /// First all changes, then all their operations: so their rows are written many at a time.
  mutating func take(_ portion: ChangePortion) throws {
    digest = portion.digest
    var begun: [Begun] = []
    for change in portion.changes {
      if let new = try begin(change) { begun.append(new) }
    }
    guard let first = begun.first else { return }
    try rows.flush(to: connection)
    let namesakes = try namesakes(since: first.key)
    for change in begun where namesakes.contains(change.key) {
      places[change.change.id.prefix] = nil
    }
    for change in begun { try finish(change, isAlone: !namesakes.contains(change.key)) }
    try merger.writeOperations()
    if merger.pending >= Intaker.mostTasks { try flush() }
  }

  /// Holds a change, but not yet its operations; nil if it is held already.
  private mutating func begin(_ incoming: IncomingChange) throws -> Begun? {
    let change = incoming.change
    let device = try device(of: change)
    // A device's changes are numbered: what has a greater number than all that are held is not held.
    if change.sequence <= device.last {
      try rows.flush(to: connection)
      if try connection.key(of: incoming.id) != nil {
        intake.known += 1
        return nil
      }
      if try isNumbered(change, device) {
        intake.forks.append((change.device, change.sequence))
        device.isForked = true
      }
    }
    try follow(incoming, device)
    device.take(change, incoming.id)
    if change.version > Change.newestVersion { intake.newer += 1 }
    let key = nextChange
    nextChange += 1
    let count = incoming.operations.count
    let first = try merger.takeKeys(count)
    rows.append(
      change.row(
        id: incoming.id, key: key, device: device.key, first: first, bundle: try bundleKey()))
    places[incoming.id.prefix] = Place(first: first, count: Int32(count))
    return Begun(change: incoming, key: key, first: first)
  }

  /// Holds the operations of a change.
  private mutating func finish(_ begun: Begun, isAlone: Bool) throws {
    let change = begun.change
    let replacers = try replacers(of: change.id, count: change.operations.count)
    for (index, operation) in change.operations.enumerated() {
      let task = try take(
        operation, at: index, of: change, key: begun.key, first: begun.first,
        replacedBy: replacers[index] ?? [])
      if let task, !isAlone { confused.insert(task) }
    }
  }

  /// Of the changes that have keys from this one on, those whose ids begin like another's.
  private func namesakes(since key: Int64) throws(StoreError) -> Set<Int64> {
    var found: Set<Int64> = []
    try connection.each(
      """
      SELECT key FROM changes AS mine WHERE key >= ? AND EXISTS (
        SELECT 1 FROM changes AS other
        WHERE other.short = mine.short AND other.key <> mine.key)
      """, [.integer(key)]
    ) { found.insert($0.integer(0)) }
    return found
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

  /// The row of a change; nil if it is not held.
  mutating func key(of change: ChangeID) throws(StoreError) -> Int64? {
    try rows.flush(to: connection)
    return try connection.key(of: change)
  }

  /// The changes whose ids begin like that: none, one, or more if somebody has gone to great lengths.
  ///
  /// - Parameter first: operations from this key on have not arrived yet, though their changes have rows.
  mutating func places(
    named prefix: UInt64, before first: Int64
  ) throws(StoreError) -> [Place] {
    if let known = places[prefix] { return known.first < first ? [known] : [] }
    let found = try connection.all(
      "SELECT first, count FROM changes WHERE short = ?",
      .text(Hexadecimal.text(of: prefix)),
      read: { Place(first: $0.integer(0), count: Int32(clamping: $0.integer(1))) })
    if found.count == 1 { places[prefix] = found[0] }
    return found.filter { $0.first < first }
  }
}
