import Glibc

/// Who runs us, as the system knows them and not as variables say, which is how OpenSSH has it.
package struct Person: Equatable, Sendable {
  package var name: String
  package var home: String

  package init(name: String, home: String) {
    self.name = name
    self.home = home
  }

  /// Whoever runs this process.
  package init() {
    // The shim of a static name service is no concern: this executable is not static.
    if let entry = getpwuid(geteuid())?.pointee {
      name = String(cString: entry.pw_name)
      home = String(cString: entry.pw_dir)
    } else {
      name = "\(geteuid())"
      home = "/"
    }
  }
}
