import Glibc

/// A file that is written piece by piece and gets its name when it is whole.
///
/// Until then it is a draft in the same folder, `.<random>.part`, which goes away with the value. What is there under the
/// name and is no file, such as `/dev/stdout` or a pipe, is written to as it is.
package struct DraftFile: ~Copyable {
  private let file: FileHandle
  private let path: String
  /// Where the draft is; nil if there is none.
  private let draft: String?
  private var isPublished = false

  package init(_ path: String) throws(FileError) {
    let kind = try Directories.kind(of: path)
    guard kind != .directory else { throw FileError(.open, path, code: EISDIR) }
    // A link stays one. What one leads to may have no name: `/dev/stdout` to a file that was removed.
    let real = DraftFile.target(of: path)
    let isDirect = kind == .other || real == nil || path.utf8.starts(with: "/dev/".utf8)
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    let draft = isDirect ? nil : real.map { Paths.join(Paths.parent(of: $0), ".\(random).part") }
    file = try FileHandle(
      draft ?? path, flags: draft == nil ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL, mode: 0o666)
    self.path = real ?? path
    self.draft = draft
  }

  deinit {
    if let draft, !isPublished { unlink(draft) }
  }

  /// Where a path leads, itself if it is no link; nil for a link to what has no name.
  private static func target(of path: String) -> String? {
    var info = stat()
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFLNK else { return path }
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(validatingCString: real)
  }

  package func write(_ bytes: borrowing RawSpan) throws(FileError) { try file.write(bytes) }

  /// Gives the file its name, durably.
  package mutating func publish() throws(FileError) {
    guard let draft else { return }
    try Files.publish(draft, as: path)
    isPublished = true
  }
}
