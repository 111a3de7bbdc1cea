import Glibc

/// Folders, and who may write to them.
package enum Directories {
  /// What a path leads to.
  package enum Kind: Sendable {
    case missing, file, directory, other
  }

  /// Whether there is a link that leads to nothing, such as a disk that is not mounted.
  package static func isLinkToNothing(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK && stat(path, &info) != 0
  }

  package static func kind(of path: String) throws(FileError) -> Kind {
    var info = stat()
    guard stat(path, &info) == 0 else {
      if SystemError.isMissing(errno) { return .missing }
      throw FileError(.stat, path, code: errno)
    }
    switch info.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file
    default: return .other
    }
  }

  /// Makes the folder and those above it that are missing, for this user alone, durably.
  package static func make(_ path: String) throws(FileError) {
    switch try kind(of: path) {
    case .directory:
      // Nobody puts anything into a folder before its name is on the disk, so an empty one may be what a crash left.
      if try isEmpty(path) { try syncIfReadable(Paths.parent(of: path)) }
      return
    case .file, .other: throw FileError(.makeDirectory, path, code: ENOTDIR)
    case .missing: break
    }
    let parent = Paths.parent(of: path)
    if parent != path { try make(parent) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw FileError(.makeDirectory, path, code: errno)
    }
    try sync(parent)
  }

  /// The names in the folder, in no order.
  package static func names(in path: String) throws(FileError) -> [String] {
    guard let stream = opendir(path) else { throw FileError(.open, path, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw FileError(.read, path, code: errno) }
        return names
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// Removes a folder with everything in it; links are removed and not followed.
  package static func removeTree(_ path: String) throws(FileError) {
    for name in try names(in: path) {
      let inner = Paths.join(path, name)
      var info = stat()
      guard lstat(inner, &info) == 0 else { continue }
      if info.st_mode & S_IFMT == S_IFDIR {
        try removeTree(inner)
      } else {
        try Files.removeIfThere(inner)
      }
    }
    guard rmdir(path) == 0 || SystemError.isMissing(errno) else {
      throw FileError(.remove, path, code: errno)
    }
  }

  package static func isEmpty(_ path: String) throws(FileError) -> Bool {
    try names(in: path).isEmpty
  }

  /// Returns once the names in the folder are on the disk.
  package static func sync(_ path: String) throws(FileError) {
    let handle = try FileHandle(path, flags: O_RDONLY | O_DIRECTORY)
    try handle.sync()
  }

  /// Returns once the names in the folder are on the disk; one that we may not open is none that we wrote to.
  private static func syncIfReadable(_ path: String) throws(FileError) {
    do throws(FileError) {
      try sync(path)
    } catch {
      guard error.call == .open, error.code == EACCES else { throw error }
    }
  }

  /// Who could change what is in a file or folder behind the user's back.
  package enum Safety: Equatable, Sendable {
    case safe
    case ownedBy(UInt32)
    case writableByOthers
  }

  package static func safety(of path: String) throws(FileError) -> Safety {
    var info = stat()
    guard stat(path, &info) == 0 else { throw FileError(.stat, path, code: errno) }
    if info.st_uid != geteuid() { return .ownedBy(info.st_uid) }
    return info.st_mode & (S_IWGRP | S_IWOTH) == 0 ? .safe : .writableByOthers
  }

  /// Whether nobody but this user can read or change a file.
  package static func isPrivate(_ path: String) throws(FileError) -> Bool {
    var info = stat()
    guard stat(path, &info) == 0 else { throw FileError(.stat, path, code: errno) }
    return info.st_uid == geteuid() && info.st_mode & (S_IRWXG | S_IRWXO) == 0
  }

  /// Whether this user may make files in a folder.
  package static func isWritable(_ path: String) -> Bool { access(path, W_OK | X_OK) == 0 }

  /// How many bytes this user may still write on the disk of a folder; nil if it does not say.
  package static func freeSpace(_ path: String) -> Int64? {
    var info = statvfs()
    guard statvfs(path, &info) == 0 else { return nil }
    return Int64(clamping: UInt64(info.f_bavail) &* UInt64(info.f_frsize))
  }

  /// Whether nothing can be written there because the file system is mounted so.
  package static func isOnReadOnlyDisk(_ path: String) -> Bool {
    var info = statvfs()
    return statvfs(path, &info) == 0 && info.f_flag & UInt(ST_RDONLY) != 0
  }
}

/// Paths as text: joined and taken apart, nothing looked up.
package enum Paths {
  package static func join(_ base: String, _ name: String) -> String {
    base.utf8.last == UInt8(ascii: "/") ? base + name : base + "/" + name
  }

  /// The folder that holds it: `.` for a bare name, `/` for the root.
  package static func parent(of path: String) -> String {
    var bytes = path.utf8[...]
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    let parent = bytes[..<slash]
    return parent.isEmpty ? "/" : String(Substring(parent))
  }
}
