import Glibc

/// Where programs are.
package enum Programs {
  /// The file of the program that runs; nil if the system does not say.
  package static func running() -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0, count < buffer.count else { return nil }
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A helper of ours: beside the program, or where `make install` puts it; nil if it is in neither.
  ///
  /// Never in `PATH`: whatever has its name there is not of this version, and need not be ours.
  package static func helper(_ name: String, of program: String) -> String? {
    let folder = Paths.parent(of: program)
    return [
      Paths.join(folder, name),
      Paths.join(Paths.parent(of: folder), "libexec/tasks/" + name),
    ].first(where: isExecutable)
  }

  /// A program of somebody else's, in the folders of `PATH`; nil if it is in none.
  ///
  /// Folders that depend on where we are do not count.
  package static func find(_ name: String, in searchPath: String?) -> String? {
    (searchPath ?? "/usr/local/bin:/usr/bin:/bin").utf8.split(separator: UInt8(ascii: ":"))
      .map { String(Substring($0)) }
      .filter { $0.utf8.first == UInt8(ascii: "/") }
      .map { Paths.join($0, name) }
      .first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
