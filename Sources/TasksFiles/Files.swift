internal import CLinux
import Glibc

/// Single files, by name.
package enum Files {
  /// Removes a file; one that is not there is fine.
  package static func removeIfThere(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw FileError(.remove, path, code: errno)
    }
  }

  /// How many bytes a file holds; nil if it is not there.
  package static func size(of path: String) throws(FileError) -> Int? {
    var info = stat()
    guard stat(path, &info) == 0 else {
      if SystemError.isMissing(errno) { return nil }
      throw FileError(.stat, path, code: errno)
    }
    return Int(info.st_size)
  }

  /// When a file was last written, in seconds since 1970; nil if it is not there.
  package static func modified(_ path: String) throws(FileError) -> Int64? {
    var info = stat()
    guard stat(path, &info) == 0 else {
      if SystemError.isMissing(errno) { return nil }
      throw FileError(.stat, path, code: errno)
    }
    return Int64(info.st_mtim.tv_sec)
  }

  /// Lets a file have a second name in the same file system.
  package static func link(_ path: String, as other: String) throws(FileError) {
    guard Glibc.link(path, other) == 0 else { throw FileError(.rename, other, code: errno) }
  }

  /// Gives a file another name, durably, where something of that name is replaced.
  package static func rename(_ path: String, to other: String) throws(FileError) {
    guard Glibc.rename(path, other) == 0 else { throw FileError(.rename, path, code: errno) }
    try Directories.sync(Paths.parent(of: other))
  }

  /// What tells a file from every other that ever was there: its number in the file system, and when it was made.
  ///
  /// A file system gives the number of a removed file to the next one. Nil if the file is not there.
  package static func mark(of path: String) throws(FileError) -> String? {
    var inode: UInt64 = 0
    var seconds: Int64 = 0
    var nanoseconds: UInt32 = 0
    let code = tasks_file_birth(path, &inode, &seconds, &nanoseconds)
    guard code == 0 else {
      if SystemError.isMissing(code) { return nil }
      throw FileError(.stat, path, code: code)
    }
    // Where the file system does not know when, it is 0.
    return "\(inode) \(seconds).\(nanoseconds)"
  }

  /// Gives a finished file its name, durably: its content first, then the name.
  ///
  /// The two are in the same folder. Whoever looks sees the old state or the new one, also after a power cut.
  package static func publish(_ draft: String, as path: String) throws(FileError) {
    let content = try FileHandle(draft, flags: O_RDONLY)
    try content.sync()
    guard Glibc.rename(draft, path) == 0 else { throw FileError(.rename, path, code: errno) }
    try Directories.sync(Paths.parent(of: path))
  }

  /// Writes a whole file so that its name never stands for a part of it.
  ///
  /// The bytes go to a draft in the same folder, `.<random>.part`, which then takes the name; a draft that a crash
  /// leaves behind is nobody's. Durably: once this returns, a power cut changes nothing.
  package static func write(
    _ bytes: borrowing RawSpan, as path: String, mode: UInt32 = 0o600, durably: Bool
  ) throws(FileError) {
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    let draft = Paths.join(Paths.parent(of: path), ".\(random).part")
    do throws(FileError) {
      let file = try FileHandle(draft, flags: O_WRONLY | O_CREAT | O_EXCL, mode: mode)
      try file.write(bytes)
      if durably {
        try publish(draft, as: path)
      } else if Glibc.rename(draft, path) != 0 {
        throw FileError(.rename, path, code: errno)
      }
    } catch {
      unlink(draft)
      throw error
    }
  }
}
