package import TasksModel

/// Gathers changes for one bundle file.
///
/// The header comes first and names the last change, so nothing can be compressed before all changes are known. What
/// is held until then is limited by `FormatLimits.writtenContent`, whatever the number of changes.
///
/// ```swift
/// var writer = BundleWriter()
/// for change in changes { try writer.append(change, handingOver: publish) }
/// try writer.handOverRest(publish)
/// ```
package struct BundleWriter {
  /// The lines, each with its line feed.
  private var lines: [UInt8] = []
  private var devices: [DeviceID: BundleHeader.Span] = [:]
  /// How many changes have been taken.
  package private(set) var count = 0

  package init() {}

  package var isEmpty: Bool { count == 0 }

  /// Takes a change; if it does not fit, hands over what was gathered and begins with it anew.
  package mutating func append(
    _ change: SealedChange, handingOver handOver: (Bundle) throws -> Void
  ) throws {
    if try append(change) { return }
    try handOver(finish())
    self = BundleWriter()
    _ = try append(change)
  }

  /// Hands over what was gathered, if there is something.
  package func handOverRest(_ handOver: (Bundle) throws -> Void) throws {
    if !isEmpty { try handOver(finish()) }
  }

  /// Takes a change, or returns false if it does not fit; into an empty bundle every change fits.
  package mutating func append(_ change: SealedChange) throws(FormatError) -> Bool {
    try append(
      change.line, device: change.change.device, sequence: change.change.sequence, id: change.id)
  }

  /// Takes a change's line, without its line feed, as a store keeps it.
  ///
  /// The line's id is checked, so that what went bad in a store does not travel.
  package mutating func append(
    _ line: [UInt8], device: DeviceID, sequence: Int, id: ChangeID
  ) throws(FormatError) -> Bool {
    guard line.count <= FormatLimits.line else {
      throw .line(.tooLong(limit: FormatLimits.line), number: nil, offset: FormatLimits.line)
    }
    let span = devices[device]
    let spans = devices.count + (span == nil ? 1 : 0)
    let header = BundleHeader.frameText + spans * BundleHeader.longestSpan
    guard header <= FormatLimits.line,
      header + lines.count + line.count + 2 <= FormatLimits.writtenContent
    else { return false }
    if let feed = line.firstIndex(of: 0x0A) {
      throw .line(.lineFeed, number: nil, offset: feed)
    }
    let found = ChangeLine.id(of: line)
    guard found == id else { throw .line(.otherIdentifier(found), number: nil, offset: 0) }
    lines.append(contentsOf: line)
    lines.append(0x0A)
    devices[device] =
      span?.adding(sequence: sequence, id: id)
      ?? BundleHeader.Span(device: device, sequence: sequence, id: id)
    count += 1
    return true
  }

  /// Compresses what was taken, and checks the result as any reader will.
  ///
  /// No file that a reader would refuse ever comes into being.
  package func finish() throws(FormatError) -> Bundle {
    var content = BundleHeader(devices: Array(devices.values)).line
    content.append(0x0A)
    content.append(contentsOf: lines)
    return try Bundle(Compressor.compress(content))
  }
}
