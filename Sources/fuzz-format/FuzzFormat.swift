import TasksFormat
import TasksModel

/// Gives libFuzzer's bytes to everything that reads what others wrote.
///
/// The first byte chooses: a change's line; a bundle's content, packed into a good frame here, because nobody finds
/// a checksum by chance; a bundle file as it is; names; the small files of a remote; a sealed bundle, with a good seal
/// around whatever comes, too, because nobody finds a tag by chance either. A disagreement ends the process, which is what libFuzzer looks for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  switch choice & 7 {
  case 0: FuzzFormat.line(bytes)
  case 1: FuzzFormat.content(bytes)
  case 2: FuzzFormat.file(bytes)
  case 3: FuzzFormat.name(bytes)
  case 4: FuzzFormat.settings(bytes)
  case 5: FuzzFormat.slot(bytes)
  case 6: FuzzFormat.sealed(bytes)
  default: FuzzFormat.sealing(bytes)
  }
  return 0
}

enum FuzzFormat {
  /// Two readers agree; what is read can be written, and is read again the same.
  static func line(_ line: [UInt8]) {
    let change = try? ChangeLine.decode(line)
    precondition(change == ReferenceDecoder.change(line), "the two readers disagree")
    guard let change, change.version == 1 else { return }
    // Written canonically a line can be longer than it was: escapes. Then it may exceed the limit.
    guard let written = try? ChangeLine.encode(change) else {
      precondition(line.count > FormatLimits.line / 6, "what was read cannot be written")
      return
    }
    let again = try? ChangeLine.decode(written)
    precondition(
      again.flatMap { try? ChangeLine.encode($0) } == written, "written is not read back")
  }

  static func content(_ content: [UInt8]) {
    guard let frame = Frames.pack(content) else { return }
    file(frame)
  }

  /// A bundle that is accepted can be read, and holds what its header says.
  static func file(_ bytes: [UInt8]) {
    guard let bundle = try? Bundle(bytes) else { return }
    var count = 0
    do {
      var changes = try bundle.changes()
      while let change = try changes.next() {
        precondition(ChangeLine.id(of: change.line) == change.id)
        precondition(bundle.header.devices.contains { $0.device == change.change.device })
        count += 1
      }
    } catch {
      preconditionFailure("an accepted bundle cannot be read")
    }
    precondition(count == bundle.count && count > 0)
  }

  static func name(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let name = BundleName(text) { precondition(UTF8Order.areEqual(name.text, text)) }
    if let name = LocalBundleName(text) { precondition(UTF8Order.areEqual(name.text, text)) }
    if let name = KeySlotName(text) { precondition(UTF8Order.areEqual(name.text, text)) }
  }
}
