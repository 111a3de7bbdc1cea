import Foundation

/// A disk of a few hundred kilobytes, which only root can make; it goes with the value.
///
/// It is mounted in a namespace that another process keeps, and reached through that process's view of the files, so that
/// nothing is left mounted whatever becomes of the tests.
package final class SmallDisk {
  package let path: String
  private let keeper = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let place: String

  package static let isPossible: Bool = (try? SmallDisk("64k")) != nil

  private struct NotMounted: Error {}

  package init(_ size: String) throws {
    place = NSTemporaryDirectory() + "tasks-disk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    keeper.executableURL = URL(filePath: "/usr/bin/unshare")
    keeper.arguments = [
      "-m", "/bin/sh", "-c",
      #"""
      mount -t tmpfs -o "size=$1,mode=700" tmpfs "$2" && echo done
      while read options; do mount -o "remount,$options" "$2" && echo done; done
      """#,
      "sh", size, place,
    ]
    keeper.standardInput = input
    keeper.standardOutput = output
    keeper.standardError = FileHandle.nullDevice
    try keeper.run()
    path = "/proc/\(keeper.processIdentifier)/root\(place)"
    try wait()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    keeper.waitUntilExit()
    try? FileManager.default.removeItem(atPath: place)
  }

  package func remount(_ options: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data("\(options)\n".utf8))
    try wait()
  }

  private func wait() throws {
    guard !output.fileHandleForReading.availableData.isEmpty else { throw NotMounted() }
  }
}
