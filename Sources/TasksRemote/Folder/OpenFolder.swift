import Glibc
import TasksFiles

/// A folder held open, so that names in it mean this folder whatever happens to the path that led here.
///
/// No call follows a link in it. Names come from `RemoteName` or from us, so none leads out of it.
final class OpenFolder {
  let path: String
  private let descriptor: Int32
  private let pulse: Deputy.Pulse?

  /// Opens the folder that a person named; they may have named it by a link.
  init(at path: String, _ pulse: Deputy.Pulse? = nil) throws(RemoteError) {
    try pulse.beat()
    self.path = path
    self.pulse = pulse
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw code == ENOTDIR ? .notPlain(path) : RemoteError(.open, path, code: code)
    }
  }

  /// Opens a folder in this one.
  init(_ name: String, in parent: OpenFolder) throws(RemoteError) {
    try parent.pulse.beat()
    path = Paths.join(parent.path, name)
    pulse = parent.pulse
    descriptor = openat(
      parent.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor < 0 else { return }
    let code = errno
    // The same number for a link, for a file, and for a folder that has gone.
    if code == ENOTDIR || code == ELOOP, try parent.information(on: name) != nil {
      throw .notPlain(path)
    }
    throw RemoteError(.open, path, code: code)
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// What a name stands for, a link being a link; nil for nothing.
  func information(on name: String) throws(RemoteError) -> stat? {
    try pulse.beat()
    var info = stat()
    if fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW) == 0 { return info }
    if errno == ENOENT { return nil }
    throw RemoteError(.stat, Paths.join(path, name), code: errno)
  }

  /// Hands over every name in the folder, in no order, until told to stop.
  func forEachName(_ body: (UnsafeRawBufferPointer) throws(RemoteError) -> Void) throws(RemoteError)
  {
    // Reading moves the descriptor's place, so each reading has its own.
    try pulse.beat()
    let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { throw RemoteError(.open, path, code: errno) }
    guard let stream = fdopendir(own) else {
      let code = errno
      Glibc.close(own)
      throw RemoteError(.open, path, code: code)
    }
    defer { closedir(stream) }
    while true {
      try pulse.beat()
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw RemoteError(.read, path, code: errno) }
        return
      }
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return }
      let name = UnsafeRawPointer(entry) + offset
      let length = strlen(name.assumingMemoryBound(to: CChar.self))
      try body(UnsafeRawBufferPointer(start: name, count: length))
    }
  }

  /// Opens a plain file to read; nil if there is none.
  func reading(_ name: String) throws(RemoteError) -> FolderFile? {
    // Without O_NONBLOCK a named pipe would hold us for ever.
    try pulse.beat()
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    let path = Paths.join(self.path, name)
    if file < 0 {
      if errno == ENOENT { return nil }
      throw errno == ELOOP ? .notPlain(path) : RemoteError(.open, path, code: errno)
    }
    let opened = FolderFile(descriptor: file, path: path, pulse)
    guard try opened.information().st_mode & S_IFMT == S_IFREG else { throw .notPlain(path) }
    return opened
  }

  /// Makes a new file.
  ///
  /// Who may write to the folder may read it, and nobody else: a folder shared by a group is to be of use to the group.
  func creating(_ name: String) throws(RemoteError) -> FolderFile {
    try pulse.beat()
    let path = Paths.join(self.path, name)
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw RemoteError(.stat, path, code: errno) }
    var mode: mode_t = 0o600
    if info.st_mode & S_IWGRP != 0 { mode |= S_IRGRP }
    if info.st_mode & S_IWOTH != 0 { mode |= S_IROTH }
    let file = openat(
      descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else { throw RemoteError(.open, path, code: errno) }
    return FolderFile(descriptor: file, path: path, pulse)
  }

  /// Gives a file another name; false if something has that name already.
  ///
  /// Not durable before `sync`.
  ///
  /// What has the name stays, even if it came a moment ago: a second name fails then, as OpenSSH's server does it. Where
  /// files have one name each, as on FAT, the name is looked up first.
  func rename(_ name: String, to other: String) throws(RemoteError) -> Bool {
    try pulse.beat()
    if linkat(descriptor, name, descriptor, other, 0) == 0 {
      _ = try remove(name)
      return true
    }
    if errno == EEXIST { return false }
    if errno != ENOENT, !SystemError.isDiskFull(errno) {
      guard try information(on: other) == nil else { return false }
      if renameat(descriptor, name, descriptor, other) == 0 { return true }
    }
    throw RemoteError(.rename, Paths.join(path, name), code: errno)
  }

  /// Removes a file; false if it was not there.
  ///
  /// Not durable before `sync`.
  func remove(_ name: String) throws(RemoteError) -> Bool {
    try pulse.beat()
    if unlinkat(descriptor, name, 0) == 0 { return true }
    if errno == ENOENT { return false }
    throw RemoteError(.remove, Paths.join(path, name), code: errno)
  }

  /// Returns once the names in the folder are on the disk, where the file system can say so.
  func sync() throws(RemoteError) {
    try pulse.beat(isLong: true)
    while fsync(descriptor) != 0 {
      if errno == EINTR { continue }
      if cannotSync(errno) { return }
      throw RemoteError(.sync, path, code: errno)
    }
  }

  func freeSpace() throws(RemoteError) -> Int64 {
    try pulse.beat()
    var info = statvfs()
    guard fstatvfs(descriptor, &info) == 0 else { throw RemoteError(.stat, path, code: errno) }
    return Int64(clamping: UInt64(info.f_bavail).multipliedSaturating(by: UInt64(info.f_frsize)))
  }
}

/// Whether the number means that a file system has no way to sync, as some in user space.
func cannotSync(_ code: Int32) -> Bool { code == EINVAL || code == ENOSYS || code == ENOTSUP }

extension UInt64 {
  func multipliedSaturating(by other: UInt64) -> UInt64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}

extension Deputy.Pulse? {
  /// To be called before each call to the system that may have to wait for a disk.
  func beat(isLong: Bool = false) throws(RemoteError) {
    guard self?.beat(isLong: isLong) ?? true else { throw .closed }
  }
}
