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
    let isDirect = kind == .other || path.utf8.starts(with: "/dev/".utf8)
    // A link stays one.
    let real = isDirect ? path : DraftFile.target(of: path)
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    let draft = isDirect ? nil : Paths.join(Paths.parent(of: real), ".\(random).part")
    file = try FileHandle(
      draft ?? path, flags: draft == nil ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL, mode: 0o666)
    self.path = real
    self.draft = draft
  }

  deinit {
    if let draft, !isPublished { unlink(draft) }
  }

  private static func target(of path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(validatingCString: real) ?? path
  }

  package func write(_ bytes: borrowing RawSpan) throws(FileError) { try file.write(bytes) }

  /// Gives the file its name, durably.
  package mutating func publish() throws(FileError) {
    guard let draft else { return }
    try Files.publish(draft, as: path)
    isPublished = true
  }
}
