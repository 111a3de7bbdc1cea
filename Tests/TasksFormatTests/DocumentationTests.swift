import TasksFiles
import TasksFormat
import TasksModel
import Testing

/// `docs/format.md` shows what the code writes.
@Suite struct DocumentationTests {
  private func page() throws -> String {
    let path = FixtureTests.folder + "/../../../docs/format.md"
    let file = try FileHandle(path, flags: FileHandle.forReading)
    return String(decoding: try file.readToEnd(), as: UTF8.self)
  }

  @Test func theExampleIsWhatTheCodeWrites() throws {
    let text = try page()
    let changes = try Example.changes.map { try SealedChange(sealing: $0) }
    let bundle = try BundleTests.bundle(changes)
    let lines = [bundle.header.line] + changes.map(\.line)
    let example = lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
    #expect(text.contains("```json\n\(example)```"))
    for change in changes { #expect(text.contains("`\(change.id.text)`")) }
    for limit in [
      FormatLimits.line, FormatLimits.bundle, FormatLimits.content, FormatLimits.window,
    ] {
      #expect(text.contains(grouped(limit)))
    }
    #expect(text.contains(grouped(FormatLimits.writtenContent)))
    #expect(text.contains(grouped(FormatLimits.sequence)))
    #expect(text.contains("at most \(grouped(ChangeLimits.operations))"))
    #expect(text.contains("more than \(FormatLimits.depth) deep"))
  }

  @Test func theFilesOfARemoteAreAsThePageShowsThem() throws {
    let text = try page()
    let slot = try #require(RemoteFixtureTests.slots[.passphrase])
    for bytes in try [
      RemoteSettings.plain.bytes, RemoteFixtureTests.read("tasks-remote.json"),
      RemoteFixtureTests.read("keys/" + slot),
    ] {
      #expect(text.contains("```json\n\(String(decoding: bytes, as: UTF8.self))```"))
    }
    for limit in [
      RemoteLimits.document, RemoteLimits.fileSize, RemoteLimits.sealedBundle, RemoteLimits.piece,
    ] {
      #expect(text.contains(grouped(limit)))
    }
    for allowed in [RemoteLimits.passphrase, RemoteLimits.keyFile] {
      #expect(text.contains("\(allowed.lowerBound)…\(grouped(allowed.upperBound))"))
    }
    let (moderate, least) = (PassphraseCost.moderate, PassphraseCost.interactive)
    #expect(text.contains("We write \(moderate.kibibytes) and \(moderate.passes),"))
    #expect(text.contains("\(least.kibibytes)…\(moderate.kibibytes)"))
    #expect(text.contains("\(least.passes)…16,"))
  }

  /// 1048576 as 1,048,576.
  private func grouped(_ number: Int) -> String {
    let digits = String(number)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
