/// A simulation as a list of small events that can be played again and again.
struct Script: Sendable {
  enum Kind: Sendable, CaseIterable {
    /// Somewhere else, with a clock.
    case server
    /// A folder that others may sync.
    case folder
    /// A folder where another stick may be the next time, or none.
    case stick
    case encrypted
  }

  var seed: UInt64
  var devices: Int
  /// Which of the devices have their stores on a disk.
  var disks: Set<Int>
  var remotes: [Kind]
  var events: [Event]

  /// The script as Swift, to be kept as one of `Script.kept`.
  var source: String {
    let events = events.map { "    .\($0)," }.joined(separator: "\n")
    let text = """
      Script(
        seed: \(seed), devices: \(devices), disks: \(disks.sorted()), remotes: \(remotes),
        events: [
      \(events)
        ]),
      """
    return text.replacing("TasksSyncTests.", with: "").replacing("Script.Kind", with: "")
  }
}
