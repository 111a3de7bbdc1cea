import TasksFormat
import TasksModel
import TestSupport
import Testing

@Suite struct RemoteCodingTests {
  static let codings: [RemoteCoding] = [.plain, .encrypted(.random())]

  @Test(arguments: codings)
  func whatIsPublishedIsReadTheSame(coding: RemoteCoding) throws {
    let changes = try Example.changes.map { try SealedChange(sealing: $0) }
    let bundle = try BundleTests.bundle(changes)
    let (name, file) = try coding.encode(bundle)
    #expect(name.hash == Digest(of: file).short)
    #expect(BundleName(name.text) == name)
    #expect(name.device == coding.device(Example.device))
    #expect((name.first, name.last) == (1, 2))
    #expect(name.tip == coding.tip(changes[1].id))
    let read = try coding.decode(file, named: name)
    #expect(read.bytes == bundle.bytes)
    #expect(coding.fits(name, read))
  }
}
