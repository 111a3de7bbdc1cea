internal import Glibc
import TasksFiles
import TasksFormat
import TasksModel

/// What tells a store from its copies: the file `identity` in its folder, and the machine it is on.
///
/// The database remembers which file it was, by its inode and birth, and on which machine. A copy, or what was
/// restored from a backup, has another file. The file also says what was sealed last, in case only the database was
/// restored.
struct Identity: Equatable {
  let file: String
  let machine: String

  static let fileName = "identity"

  private static func path(in directory: String) -> String {
    Paths.join(directory, fileName)
  }

  /// How the store in the folder is told from others now; nil if its file is gone.
  static func here(_ directory: String) throws(FileError) -> Identity? {
    guard let mark = try Files.mark(of: path(in: directory)) else { return nil }
    return Identity(file: mark, machine: machineDigest)
  }

  /// A name for this machine that does not tell anybody its id.
  private static var machineDigest: String {
    let id = try? FileHandle("/etc/machine-id", flags: FileHandle.forReading).readToEnd(limit: 64)
    return String(Digest(of: Array("tasks ".utf8) + (id ?? [])).text.prefix(32))
  }

  /// Gives the store in the folder a file of its own.
  static func make(in directory: String, device: DeviceID, last: Int) throws(FileError) {
    try Files.write(
      Array(text(device, last).utf8).span.bytes, as: path(in: directory), durably: true)
  }

  /// Says what was sealed last, in the same file.
  ///
  /// It need not be durable: what it says only matters if the database says less.
  static func note(_ device: DeviceID, last: Int, in directory: String) throws(FileError) {
    let file = try FileHandle(path(in: directory), flags: O_WRONLY)
    try file.write(Array(text(device, last).utf8).span.bytes)
  }

  /// The device, and the last change it sealed, as the file says; nil if it says nothing of that form.
  static func noted(in directory: String) throws(FileError) -> (device: DeviceID, last: Int)? {
    guard try Files.size(of: path(in: directory)) != nil else { return nil }
    let file = try FileHandle(path(in: directory), flags: FileHandle.forReading)
    let text = String(decoding: try file.readToEnd(limit: 4096), as: UTF8.self)
    let words = text.split(separator: "\n").last?.split(separator: " ") ?? []
    guard words.count == 2, let device = DeviceID(String(words[0])), let last = Int(words[1])
    else { return nil }
    return (device, last)
  }

  /// The number has leading zeros, so that the file never gets shorter.
  private static func text(_ device: DeviceID, _ last: Int) -> String {
    let digits = String(last)
    let number = String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
    return """
      This file tells this store from its copies. Do not copy or remove it while the store is in use.
      \(device.text) \(number)

      """
  }
}
