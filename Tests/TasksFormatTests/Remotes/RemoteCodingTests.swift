import TasksModel
import TestSupport
import Testing

@testable import TasksFormat

@Suite struct RemoteCodingTests {
  static let key = RemoteKey.random()
  static let codings: [RemoteCoding] = [.plain, .encrypted(key)]
  static let changes = (try? Example.changes.map { try SealedChange(sealing: $0) }) ?? []

  static func error(
    _ coding: RemoteCoding, _ file: [UInt8], _ name: BundleName
  ) -> RemoteFormatError? {
    do throws(RemoteFormatError) {
      _ = try coding.decode(file, named: name)
      return nil
    } catch {
      return error
    }
  }

  /// The same name with the hash that these bytes have.
  static func name(_ name: BundleName, of file: [UInt8]) throws -> BundleName {
    try #require(
      BundleName(
        device: name.device, first: name.first, last: name.last, tip: name.tip,
        hash: Digest(of: file).short))
  }

  @Test(arguments: codings)
  func whatIsPublishedIsReadTheSame(coding: RemoteCoding) throws {
    let bundle = try BundleTests.bundle(Self.changes)
    let (name, file) = try coding.encode(bundle)
    #expect(name.hash == Digest(of: file).short)
    #expect(BundleName(name.text) == name)
    #expect(name.device == coding.device(Example.device))
    #expect((name.first, name.last) == (1, 2))
    #expect(name.tip == coding.tip(Self.changes[1].id))
    let read = try coding.decode(file, named: name)
    #expect(read.bytes == bundle.bytes)
    #expect(coding.fits(name, read))
  }

  @Test(arguments: SeededGenerator.seeds)
  func chainsGoThereAndBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bundle = try BundleTests.bundle(
      RandomChange.chain(of: Int.random(in: 1...20, using: &generator), using: &generator))
    for coding in Self.codings {
      let (name, file) = try coding.encode(bundle)
      #expect(try coding.decode(file, named: name).bytes == bundle.bytes)
    }
  }

  @Test func onAPlainRemoteNothingIsChanged() throws {
    let bundle = try BundleTests.bundle(Self.changes)
    let (name, file) = try RemoteCoding.plain.encode(bundle)
    #expect(file == bundle.bytes)
    #expect(name == BundleName(of: bundle))
    // What this writer makes fits even when it is sealed.
    #expect(
      FormatLimits.writtenContent + FormatLimits.writtenContent / 200 < RemoteLimits.sealedBundle)
  }

  @Test(arguments: codings)
  func aBundleOfSeveralDevicesIsNotPublished(coding: RemoteCoding) throws {
    var generator = SeededGenerator(seed: 1)
    let chains = try (0..<2).flatMap { _ in try RandomChange.chain(of: 1, using: &generator) }
    let bundle = try BundleTests.bundle(chains)
    #expect(throws: RemoteFormatError.severalDevices) { try coding.encode(bundle) }
  }

  @Test(arguments: codings)
  func theHashIsCheckedFirst(coding: RemoteCoding) throws {
    let (name, file) = try coding.encode(BundleTests.bundle(Self.changes))
    for wrong in [file + [0], Array(file.dropLast()), [0]] {
      let fault = BundleFault.wrongHash(expected: name.hash, found: Digest(of: wrong))
      #expect(Self.error(coding, wrong, name) == .bundle(.bundle(fault)))
    }
    #expect(Self.error(coding, [], name) == .bundle(.bundle(.empty)))
    let large = [UInt8](repeating: 0, count: RemoteLimits.fileSize + 1)
    #expect(
      Self.error(coding, large, name)
        == .bundle(.bundle(.tooLarge(limit: RemoteLimits.fileSize))))
  }

  @Test(arguments: codings)
  func aRenamedFileIsTold(coding: RemoteCoding) throws {
    let bundle = try BundleTests.bundle(Self.changes)
    let (name, file) = try coding.encode(bundle)
    let text = name.text
    for (old, new) in [
      (name.device.text, "0000000000000001"), ("-1-2-", "-1-3-"), ("-1-2-", "-2-2-"),
      (name.tip, "0000000000000001"),
    ] {
      let wrong = try #require(BundleName(text.replacing(old, with: new)))
      #expect(Self.error(coding, file, wrong) == .misnamed)
      #expect(!coding.fits(wrong, bundle))
    }
    #expect(RemoteFormatError.misnamed.isDamage)
  }

  /// Only somebody with the key can seal it, but they may err: what comes out is checked like any other bundle.
  @Test func whatWasSealedIsCheckedAsABundle() throws {
    let coding = RemoteCoding.encrypted(Self.key)
    let bundle = try BundleTests.bundle(Self.changes)
    let tip = Self.changes[1].id
    func decode(
      _ plain: [UInt8], device: DeviceID = Example.device, last: Int = 2, tip: ChangeID = tip
    ) throws -> RemoteFormatError? {
      let file = try Self.key.seal(plain, device: device, first: 1, last: last, tip: tip)
      let name = try #require(
        BundleName(
          device: coding.device(device), first: 1, last: last, tip: coding.tip(tip),
          hash: Digest(of: file).short))
      return Self.error(coding, file, name)
    }
    #expect(try decode(bundle.bytes) == nil)
    #expect(try decode(bundle.bytes, device: .random()) == .misnamed)
    #expect(try decode(bundle.bytes, last: 3) == .misnamed)
    #expect(try decode(bundle.bytes, tip: Self.changes[0].id) == .misnamed)
    #expect(try decode(Array("junk".utf8)) == .bundle(.bundle(.notZstd)))
    #expect(try decode(bundle.bytes + [0]).map(\.isDamage) == true)
    let bomb = Frames.compress([0], windowOf: 30)
    #expect(try decode(bomb) == .bundle(.bundle(.windowTooLarge(1 << 30))))
  }

  @Test func aFileOfThePlainRemoteIsRefusedOnAnEncryptedOne() throws {
    let bundle = try BundleTests.bundle(Self.changes)
    let (name, file) = try RemoteCoding.plain.encode(bundle)
    #expect(Self.error(.encrypted(Self.key), file, name) == .sealed(.notSealed))
    let (hidden, sealed) = try RemoteCoding.encrypted(Self.key).encode(bundle)
    #expect(Self.error(.plain, sealed, hidden) == .bundle(.bundle(.notZstd)))
    #expect(Self.error(.encrypted(.random()), sealed, hidden) == .otherRemote(Self.key.remote))
  }

  /// Nothing of what somebody wrote, and no id, stands in a file or its name.
  @Test func nothingOfATaskIsSeen() throws {
    let bundle = try BundleTests.bundle(Self.changes)
    let (name, file) = try RemoteCoding.encrypted(Self.key).encode(bundle)
    let tip = Self.changes[1].id
    let seen = Array(name.text.utf8) + file + Self.key.settings.json.canonicalText.utf8
    var secrets = ["milk", "Buy", "shop", "laptop", "evening", "tasks-bundle"].map {
      Array($0.utf8)
    }
    for id in [Example.device.text, tip.short, Self.changes[0].id.short] {
      secrets.append(Array(id.utf8))
      secrets.append(try #require(Hexadecimal.bytes(id)))
    }
    secrets.append(Array(bundle.bytes.prefix(4)))
    secrets.append(Self.key.data.revealed)
    secrets.append(Array(bundle.digest.short.utf8))
    for secret in secrets {
      #expect(Example.place(of: String(decoding: secret, as: UTF8.self), in: seen) == nil)
      #expect(!seen.indices.contains { seen[$0...].starts(with: secret) })
    }
    // What is seen, and told: who is who among devices, ranges, and the length.
    #expect(name.text.contains("-1-2-"))
    #expect(file.count == bundle.bytes.count + 121)
  }
}
