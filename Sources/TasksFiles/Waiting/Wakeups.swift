import CLinux
import Glibc

/// Waits until something happens that somebody wants to know of, without looking again and again.
///
/// Files, the network and mounted disks are told by the system; what it cannot tell is left to the time.
package final class Wakeups {
  /// What has happened.
  package enum Event: Hashable, Sendable {
    /// Something changed in a folder that is watched under this name.
    case folder(String)
    /// A folder that was watched under this name is there no longer.
    case folderGone(String)
    /// An address or a route came or went.
    case network
    /// A disk was mounted or taken away.
    case mounts
    /// Another thread rang.
    case call
  }

  private let files: Int32
  private let network: Int32
  private let mounts: Int32
  private let calls: Int32
  /// By the system's number for what is watched.
  private var names: [Int32: String] = [:]

  package init() {
    files = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    network = tasks_network_changes()
    mounts = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
    calls = tasks_eventfd()
  }

  deinit {
    for descriptor in [files, network, mounts, calls] where descriptor >= 0 { close(descriptor) }
  }

  /// What may happen to files in a folder.
  package enum Change: Sendable {
    /// A file is written to.
    case writing
    /// A file is written to, or somebody who may have done so closes it.
    case writingAndClosing
    /// A file gets its name, or somebody has finished with it.
    case arrival

    fileprivate var mask: UInt32 {
      switch self {
      case .writing: UInt32(IN_MODIFY)
      case .writingAndClosing: UInt32(IN_MODIFY) | UInt32(IN_CLOSE_WRITE)
      case .arrival: UInt32(IN_CREATE) | UInt32(IN_MOVED_TO) | UInt32(IN_CLOSE_WRITE)
      }
    }
  }

  /// Watches for what happens to files in a folder; false if it is not there.
  ///
  /// Watching a folder again is harmless.
  @discardableResult
  package func watch(_ folder: String, for change: Change, as name: String) -> Bool {
    let number = inotify_add_watch(files, folder, change.mask | UInt32(IN_ONLYDIR))
    guard number >= 0 else { return false }
    names[number] = name
    return true
  }

  /// Lets a thread call whoever waits: the one thing here that another thread may use.
  package var bell: @Sendable () -> Void {
    { [calls] in
      var one: UInt64 = 1
      _ = Glibc.write(calls, &one, 8)
    }
  }

  /// Waits until something happens, at most so many milliseconds; for ever if that is nil.
  ///
  /// - Parameter counts: whether a file that changed in a folder matters.
  package func wait(
    atMost milliseconds: Int?, counting counts: (_ folder: String, _ file: String) -> Bool
  ) -> Set<Event> {
    var waits = [
      pollfd(fd: files, events: Int16(POLLIN), revents: 0),
      pollfd(fd: network, events: Int16(POLLIN), revents: 0),
      // https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html
      pollfd(fd: mounts, events: Int16(POLLPRI), revents: 0),
      pollfd(fd: calls, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waits, nfds_t(waits.count), milliseconds.map { Int32(clamping: $0) } ?? -1) > 0
    else { return [] }
    var events: Set<Event> = []
    if waits[0].revents != 0 {
      for (folder, file) in changedFiles() {
        if let file {
          if counts(folder, file) { events.insert(.folder(folder)) }
        } else {
          events.insert(.folderGone(folder))
        }
      }
    }
    if waits[1].revents != 0 {
      drain(network)
      events.insert(.network)
    }
    if waits[2].revents != 0 { events.insert(.mounts) }
    if waits[3].revents != 0 {
      drain(calls)
      events.insert(.call)
    }
    return events
  }

  /// The files that changed; no file for a folder that is watched no longer.
  private func changedFiles() -> [(folder: String, file: String?)] {
    var found: [(folder: String, file: String?)] = []
    while true {
      let bytes = Self.read(files)
      guard !bytes.isEmpty else { return found }
      bytes.withUnsafeBytes { bytes in
        var offset = 0
        while offset + Self.header <= bytes.count {
          let number = bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)
          let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
          let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
          let name = bytes[(offset + Self.header)...].prefix(length).prefix { $0 != 0 }
          offset += Self.header + length
          if mask & UInt32(IN_IGNORED) != 0 {
            if let folder = names.removeValue(forKey: number) { found.append((folder, nil)) }
          } else if let folder = names[number] {
            found.append((folder, String(decoding: name, as: UTF8.self)))
          }
        }
      }
    }
  }

  /// The size of `struct inotify_event` without the name.
  private static let header = 16

  private func drain(_ descriptor: Int32) {
    while !Self.read(descriptor).isEmpty {}
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
  }
}
