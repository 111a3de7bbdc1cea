import Glibc
package import TasksModel

extension Zone {
  /// The zone that the system knows by a name such as `Europe/Berlin`; nil if it knows none.
  ///
  /// The C library knows one zone at a time, so that its variable is changed while it is asked: for programs with one
  /// thread only.
  @Sendable package static func named(_ name: String) -> Zone? {
    let isName =
      name.utf8.count <= 64 && name.utf8.first != UInt8(ascii: "/") && !name.contains("..")
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "/_+-".utf8.contains(byte)
      }
    guard isName, !name.isEmpty, access("/usr/share/zoneinfo/\(name)", R_OK) == 0 else {
      return nil
    }
    return Zone { seconds in
      let own = getenv("TZ").map { String(cString: $0) }
      setenv("TZ", ":" + name, 1)
      tzset()
      defer {
        if let own { setenv("TZ", own, 1) } else { unsetenv("TZ") }
        tzset()
      }
      var time = time_t(clamping: seconds)
      var parts = tm()
      guard localtime_r(&time, &parts) != nil else { return 0 }
      return parts.tm_gmtoff
    }
  }
}
