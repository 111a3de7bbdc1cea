import TasksFormat
import TasksModel
import TasksRemote
import TasksStore

/// What a remote has, in terms of what is held here.
struct Catalogue {
  /// A bundle on the remote.
  struct Entry {
    let file: RemoteEntry
    let name: BundleName
    /// What it is here; nil if not all of it is held.
    var span: HeldSpan?
  }

  /// What was listed.
  let files: [RemoteEntry]
  private(set) var entries: [Entry] = []
  /// Which of the changes held are on the remote.
  private(set) var coverage = Coverage()

  /// Finds out which of the files are bundles, and whether their changes are held.
  ///
  /// - Parameters:
  ///   - seen: what is noted of them. The names of files that were found not to be whole say nothing; of those whose changes
  ///     the queue knows to be there, all are held.
  ///   - known: what was found out before, and what is found out now.
  init(
    _ files: [RemoteEntry], of coding: RemoteCoding, in store: Store,
    seen: [String: SeenBundle] = [:], _ known: KnownBundles = KnownBundles()
  ) throws {
    self.files = files
    var devices: [DeviceID: HeldDevice] = [:]
    for device in try store.heldDevices() { devices[coding.device(device.id)] = device }
    var open: [DeviceID: [Int]] = [:]
    for file in files {
      guard let name = known.name(file.name) else { continue }
      var entry = Entry(file: file, name: name)
      let note = seen[file.name.text]
      if note?.badAt == nil, let device = devices[name.device] {
        entry.span =
          note?.isNoted == true ? HeldSpan(device: device, numbers: name.first...name.last) : nil
        if entry.span == nil { entry.span = known.span(file.name, of: device) }
        if entry.span == nil, name.last <= device.last {
          open[name.device, default: []].append(entries.count)
        }
      }
      entries.append(entry)
    }
    for (device, places) in open {
      guard let device = devices[device] else { continue }
      let changes = try store.changes(of: device, numbered: places.map { entries[$0].name.last })
      for place in places {
        let name = entries[place].name
        let tip = changes[name.last]?.first { coding.tip($0.id) == name.tip }
        guard let tip else { continue }
        let span = HeldSpan(device: device, first: name.first, tip: tip)
        guard try store.holdsAll(of: span) else { continue }
        entries[place].span = span
        known.note(span, entries[place].file.name)
      }
    }
    for case let span? in entries.map(\.span) { try coverage.add(span, in: store) }
    coverage.settle()
  }

  /// The bundles that are not held, as far as they are not parts of others that are not held either.
  ///
  /// What was folded is fetched once. If a part turns out to be of another chain, it is still not held afterwards.
  func wanted(besides tried: Set<String>) -> [Entry] {
    let missing = entries.filter { $0.span == nil && !tried.contains($0.file.name.text) }
      .sorted { one, other in
        (one.name.device.text, one.name.first, -one.name.last)
          < (other.name.device.text, other.name.first, -other.name.last)
      }
    var wanted: [Entry] = []
    var reach: (device: DeviceID, last: Int)?
    for entry in missing {
      if let reach, reach.device == entry.name.device, entry.name.last <= reach.last { continue }
      wanted.append(entry)
      reach = (entry.name.device, entry.name.last)
    }
    return wanted
  }

  /// Whether what a bundle held, on this remote before, is in others that are there.
  ///
  /// Of changes that are not held here only their numbers tell.
  func covers(_ gone: Entry, in store: Store) throws -> Bool {
    if let span = gone.span { return try coverage.contains(span, in: store) }
    return entries.contains {
      $0.name.device == gone.name.device && $0.name.first <= gone.name.first
        && gone.name.last <= $0.name.last
    }
  }
}
