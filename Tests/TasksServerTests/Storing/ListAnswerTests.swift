import Foundation
import TasksFiles
import TasksModel
import TestSupport
import Testing

@testable import TasksServer

/// Lists are as they were written, however long; the long ones are on the disk until they are sent.
@Suite final class ListAnswerTests {
  private let folder = NSTemporaryDirectory() + "tasks-lists-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A list of so many equal elements.
  private func list(_ element: String, _ count: Int, in space: AnswerSpace) throws
    -> HTTPResponse.Body
  {
    var list = ListAnswer(space)
    for _ in 0..<count { list.add { $0 += element.utf8 } }
    return try list.body()
  }

  /// What a client gets of it.
  private func sent(_ body: HTTPResponse.Body) -> [UInt8]? {
    switch body {
    case .bytes(let bytes): return bytes
    case .file(let file):
      var bytes = [UInt8](repeating: 0, count: file.count)
      return bytes.withUnsafeMutableBytes { file.read(at: 0, into: $0) } ? bytes : nil
    case .none, .events: return nil
    }
  }

  @Test(arguments: [0, 1, 2, 100, 16_383, 16_384, 16_385, 100_000])
  func aListIsWhatWasAdded(count: Int) throws {
    let body = try list("123", count, in: AnswerSpace(folder))
    let expected = "[" + Array(repeating: "123", count: count).joined(separator: ",") + "]"
    #expect(sent(body) == Array(expected.utf8))
  }

  @Test func aLongListIsOnTheDiskAndLeavesNothingThere() throws {
    let body = try list("12345678", 20_000, in: AnswerSpace(folder))
    guard case .file(let file) = body else {
      Issue.record("It is in memory.")
      return
    }
    #expect(file.count == 1 + 20_000 * 9)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func whatIsOnItsWayHasABoundAndGivesItsRoomBack() throws {
    let space = AnswerSpace(folder, limit: 1_000_000)
    for _ in 0..<3 {
      let first = try list("12345678", 100_000, in: space)
      #expect(throws: Problem(.busy, "Too many long answers are on their way.", retryAfter: 1)) {
        _ = try list("12345678", 100_000, in: space)
      }
      // A short one needs no room.
      #expect(try sent(list("1", 3, in: space)) == Array("[1,1,1]".utf8))
      withExtendedLifetime(first) {}
    }
  }

  /// When the disk is full, people want to see what they have.
  @Test func whatTheDiskHasNoRoomForIsInMemoryUpToABound() throws {
    let space = AnswerSpace("/dev/null/nowhere", memoryLimit: 1_000_000)
    for _ in 0..<3 {
      let body = try list("12345678", 100_000, in: space)
      let expected = "[" + Array(repeating: "12345678", count: 100_000).joined(separator: ",") + "]"
      #expect(sent(body) == Array(expected.utf8))
      #expect(throws: Problem(.busy, "Too many long answers are on their way.", retryAfter: 1)) {
        _ = try list("12345678", 100_000, in: space)
      }
      withExtendedLifetime(body) {}
    }
    let problem = Problem(
      .diskFull, "The list is too long for one answer: ask for pages, with limit.")
    #expect(throws: problem) { _ = try list("12345678", 200_000, in: space) }
  }

  @Test(.enabled(if: SmallDisk.isPossible))
  func aDiskThatGetsFullInTheMiddleSpoilsNoList() throws {
    let disk = try SmallDisk("256k")
    let space = AnswerSpace(disk.path)
    let body = try list("12345678", 100_000, in: space)
    let expected = "[" + Array(repeating: "12345678", count: 100_000).joined(separator: ",") + "]"
    #expect(sent(body) == Array(expected.utf8))
  }

  @Test func aListThatIsTooLongForeverSaysSo() throws {
    let space = AnswerSpace(folder, limit: 500_000)
    let problem = Problem(
      .validation, "The list is too long for one answer: ask for pages, with limit.")
    #expect(throws: problem) { _ = try list("12345678", 100_000, in: space) }
  }

  @Test func aPieceThatIsNotThereIsNotSent() throws {
    let scratch = try ScratchFile(in: folder)
    try scratch.append(Array("12345".utf8))
    var buffer = [UInt8](repeating: 0, count: 3)
    #expect(buffer.withUnsafeMutableBytes { scratch.read(at: 1, into: $0) })
    #expect(buffer == Array("234".utf8))
    #expect(!buffer.withUnsafeMutableBytes { scratch.read(at: 3, into: $0) })
  }
}
