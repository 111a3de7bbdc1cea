import TasksModel
import TestSupport
import Testing

@testable import TasksFormat

@Suite struct SealedBundleTests {
  static let key = RemoteKey.random()
  static let tip = ChangeID(words: (1, 2, 3, 4))
  static let piece = 65_536
  static let sealedPiece = 65_553
  static let clear = 104

  /// What a file is called whose bytes are these.
  static func name(
    of file: [UInt8], key: RemoteKey = key, device: DeviceID = Example.device, first: Int = 3,
    last: Int = 9, tip: ChangeID = tip
  ) throws -> BundleName {
    try #require(
      BundleName(
        device: key.hiddenDevice(device), first: first, last: last, tip: key.hiddenTip(tip),
        hash: Digest(of: file).short))
  }

  static func seal(_ bytes: [UInt8], key: RemoteKey = key) throws -> [UInt8] {
    try key.seal(bytes, device: Example.device, first: 3, last: 9, tip: tip)
  }

  /// How opening a file fails whose name states its hash, as one by a stranger would.
  static func error(_ file: [UInt8], key: RemoteKey = key) throws -> RemoteFormatError? {
    let name = try name(of: file)
    do throws(RemoteFormatError) {
      _ = try key.open(file, named: name)
      return nil
    } catch {
      return error
    }
  }

  static func bytes(_ count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(count))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count { bytes += generator.next().bigEndianBytes }
    return Array(bytes.prefix(count))
  }

  static let small = (try? seal(bytes(300))) ?? []
  /// Three pieces.
  static let large = (try? seal(bytes(2 * piece + 1000))) ?? []

  @Test(arguments: [
    1, 16, 17, 18, piece - 1, piece, piece + 1, 2 * piece, 2 * piece + 17,
    RemoteLimits.sealedBundle,
  ])
  func bundlesOfAnySizeAreSealedAndOpened(count: Int) throws {
    let bundle = Self.bytes(count)
    let file = try Self.seal(bundle)
    let pieces = (count + Self.piece - 1) / Self.piece
    #expect(file.count == Self.clear + count + 17 * pieces)
    #expect(file.count <= RemoteLimits.fileSize)
    #expect(try Self.key.open(file, named: Self.name(of: file)) == bundle)
  }

  @Test func theLargestBundleIsAsLargeAsItCanBe() throws {
    #expect(RemoteLimits.sealedBundle == 4_193_112)
    #expect(RemoteLimits.sealedBundle > FormatLimits.writtenContent / 200 * 201)
    let largest = [UInt8](repeating: 7, count: RemoteLimits.sealedBundle)
    let file = try Self.seal(largest)
    #expect(file.count == RemoteLimits.fileSize)
    let limit = RemoteFormatError.bundle(.bundle(.tooLarge(limit: RemoteLimits.sealedBundle)))
    #expect(throws: limit) { try Self.seal(largest + [7]) }
    #expect(throws: RemoteFormatError.bundle(.bundle(.empty))) { try Self.seal([]) }
    let size = RemoteFormatError.bundle(.bundle(.tooLarge(limit: RemoteLimits.fileSize)))
    #expect(try Self.error(file + [0]) == size)
    #expect(try Self.error([]) == .bundle(.bundle(.empty)))
    #expect(SealedBundle.plainSize(ofFile: 0) == 0)
    #expect(SealedBundle.plainSize(ofFile: Self.clear + 18) == 1)
    #expect(SealedBundle.plainSize(ofFile: Self.clear + Self.sealedPiece + 17) == Self.piece)
  }

  @Test func noTwoFilesAreTheSame() throws {
    let other = try Self.seal(Self.bytes(300))
    #expect(other.count == Self.small.count)
    #expect(other.prefix(80) == Self.small.prefix(80))
    #expect(!zip(other[80...], Self.small[80...]).allSatisfy(==))
  }

  @Test func theHashIsCheckedFirst() throws {
    let name = try Self.name(of: Self.small)
    for file in [Self.large, Self.small + [0], Array(Self.small.dropLast()), [1]] {
      let wrong = BundleFault.wrongHash(expected: name.hash, found: Digest(of: file))
      #expect(throws: RemoteFormatError.bundle(.bundle(wrong))) {
        try Self.key.open(file, named: name)
      }
    }
  }

  /// Every bit of the clear start counts, and so does every bit of a small file.
  @Test func everyFlippedBitIsRefused() throws {
    for place in 0..<(Self.small.count * 8) {
      var file = Self.small
      file[place / 8] ^= 1 << UInt8(place % 8)
      let error = try Self.error(file)
      switch place / 8 {
      case 0..<12: #expect(error == .sealed(.notSealed))
      case 12..<16:
        guard case .newer = error else {
          #expect(error == .sealed(.notSealed), "bit \(place)")
          break
        }
      case 16..<32:
        guard case .otherRemote = error else { Issue.record("bit \(place): \(error)"); return }
      case 32..<48:
        guard case .otherKey = error else { Issue.record("bit \(place): \(error)"); return }
      case 48..<80: #expect(error == .misnamed)
      default: #expect(error == .sealed(.forged(piece: 0)))
      }
    }
  }

  /// The header is not only compared with the name: it belongs to what the pieces authenticate.
  @Test func aFileRenamedWithItsHeaderIsForged() throws {
    let other = SealedHeader(
      name: try Self.name(of: Self.small, first: 4), key: Self.key
    ).bytes
    let file = other + Self.small.dropFirst(80)
    let name = try Self.name(of: file, first: 4)
    #expect(throws: RemoteFormatError.sealed(.forged(piece: 0))) {
      try Self.key.open(file, named: name)
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func damageInAnyPieceIsRefused(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var file = Self.large
    let place = Int.random(in: Self.clear..<file.count, using: &generator)
    file[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    #expect(
      try Self.error(file) == .sealed(.forged(piece: (place - Self.clear) / Self.sealedPiece)))
  }

  @Test func everyTruncationIsRefused() throws {
    for count in 1..<Self.small.count {
      let error = try Self.error(Array(Self.small.prefix(count)))
      let isCutOff = count <= Self.clear + 17
      #expect(error == .sealed(isCutOff ? .cutOff : .forged(piece: 0)), "\(count) bytes")
    }
    for number in 0...2 {
      let boundary = Self.clear + number * Self.sealedPiece
      for offset in [-1, 0, 1, 17, 18, 19] {
        let error = try Self.error(Array(Self.large.prefix(boundary + offset)))
        // What ends with a whole piece has no last one; a piece of nothing is none.
        let isWhole = offset >= 0 && offset <= 17 || offset < 0 && number == 0
        let broken = offset < 0 ? number - 1 : number
        #expect(
          error == .sealed(isWhole ? .cutOff : .forged(piece: broken)),
          "piece \(number), \(offset) bytes")
      }
    }
  }

  /// Pieces of a file and their places, put together anew.
  static func file(_ pieces: [ArraySlice<UInt8>], of file: [UInt8]) -> [UInt8] {
    pieces.reduce(Array(file.prefix(clear)), +)
  }

  static func pieces(_ file: [UInt8]) -> [ArraySlice<UInt8>] {
    stride(from: clear, to: file.count, by: sealedPiece).map {
      file[$0..<min($0 + sealedPiece, file.count)]
    }
  }

  @Test func piecesHaveTheirPlace() throws {
    let whole = Self.bytes(3 * Self.piece)
    let sealed = try Self.seal(whole)
    let parts = Self.pieces(sealed)
    #expect(Self.file(parts, of: sealed) == sealed)
    let other = try Self.pieces(Self.seal(whole))
    for (wrong, place) in [
      ([parts[1], parts[0], parts[2]], 0), ([parts[0], parts[2], parts[1]], 1),
      ([parts[0], parts[0], parts[1], parts[2]], 1), ([parts[0], parts[2]], 1),
      ([parts[1], parts[2]], 0), ([parts[2]], 0), ([parts[0], other[1], parts[2]], 1),
      ([parts[0], parts[1], other[2]], 2), (other, 0),
    ] {
      #expect(try Self.error(Self.file(wrong, of: sealed)) == .sealed(.forged(piece: place)))
    }
    #expect(try Self.error(Self.file([parts[0], parts[1]], of: sealed)) == .sealed(.cutOff))
    for rest in [parts[0], parts[0].prefix(1), parts[2]] {
      let longer = Self.file(parts + [rest], of: sealed)
      #expect(try Self.error(longer) == .sealed(.trailingBytes(offset: sealed.count)))
    }
    // Behind a last piece that is not full, what follows is taken for its end.
    #expect(try Self.error(Self.small + [0]) == .sealed(.forged(piece: 0)))
  }

  /// A file under the name of another: its hash fits, what is in it does not.
  @Test func aRenamedFileIsTold() throws {
    let file = Self.small
    let device = DeviceID(trusted: "0000000000000001")
    for wrong in try [
      Self.name(of: file, device: device), Self.name(of: file, first: 2),
      Self.name(of: file, last: 10), Self.name(of: file, tip: ChangeID(words: (1, 2, 3, 5))),
    ] {
      #expect(throws: RemoteFormatError.misnamed) { try Self.key.open(file, named: wrong) }
    }
  }

  @Test func anotherKeyDoesNotOpenIt() throws {
    let otherRemote = RemoteKey(remote: .random(), data: Self.key.data)
    #expect(try Self.error(Self.small, key: otherRemote) == .otherRemote(Self.key.remote))
    let otherData = RemoteKey(remote: Self.key.remote, data: RemoteKey.random().data)
    #expect(try Self.error(Self.small, key: otherData) == .otherKey(Self.key.id))
    // One who writes our ids into a header of theirs still has not our key.
    let theirs = SealedBundle.seal(
      Self.bytes(300), header: SealedHeader(name: try Self.name(of: []), key: Self.key),
      key: otherData.bundles)
    #expect(try Self.error(theirs) == .sealed(.forged(piece: 0)))
    for error in [RemoteFormatError.sealed(.forged(piece: 0)), .otherKey(.random())] {
      #expect(!error.isDamage)
    }
  }

  @Test func aPlainBundleIsNotTakenForASealedOne() throws {
    #expect(try Self.error(BundleDamageTests.small) == .sealed(.notSealed))
    #expect(try Self.error(Array("tasks-sealeD".utf8)) == .sealed(.notSealed))
    #expect(try Self.error(Array("tasks-seal".utf8)) == .sealed(.cutOff))
    var later = Self.small
    later[15] = 2
    #expect(try Self.error(later) == .newer(version: 2))
    later[12] = 0xFF
    #expect(try Self.error(later) == .newer(version: 0xFF00_0002))
  }
}
