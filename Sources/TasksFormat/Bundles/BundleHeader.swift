package import TasksModel

/// The first line of a bundle: which device's changes it holds.
package struct BundleHeader: Hashable, Sendable {
  /// One device's changes in the bundle.
  package struct Span: Hashable, Sendable {
    package let device: DeviceID
    /// The smallest and the greatest sequence number; on a stick there may be gaps in between.
    package let first: Int
    package let last: Int
    /// The id of the change numbered `last`; of several, which only a copied store can have made, the greatest.
    package let tip: ChangeID

    package init(device: DeviceID, first: Int, last: Int, tip: ChangeID) {
      self.device = device
      self.first = first
      self.last = last
      self.tip = tip
    }
  }

  /// In ascending order of their ids, each once.
  package let devices: [Span]

  package init(devices: [Span]) {
    self.devices = devices.sorted { $0.device.text < $1.device.text }
  }

  package static let format = "tasks-bundle"
  package static let newestVersion: Int64 = 1

  /// The longest text of one device, comma included: what a writer has to reckon with.
  static let longestSpan = 166
  /// The text around them.
  static let frameText = 50

  /// The line, without its line feed.
  package var line: [UInt8] {
    let devices = devices.map { span in
      JSON.object([
        JSON.Member("device", .string(span.device.text)),
        JSON.Member("first", .integer(Int64(span.first))),
        JSON.Member("last", .integer(Int64(span.last))),
        JSON.Member("tip", .string(span.tip.text)),
      ])
    }
    return JSONWriter.bytes(
      .object([
        JSON.Member("devices", .array(devices)),
        JSON.Member("format", .string(Self.format)),
        JSON.Member("version", .integer(Self.newestVersion)),
      ]), style: .canonical)
  }

  /// Reads the line; `noHeader` if it is of something else than a bundle.
  package init(reading line: [UInt8]) throws(FormatError) {
    guard !line.isEmpty else { throw .bundle(.noHeader) }
    let value: JSON
    do throws(JSONError) {
      value = try JSONParser.parse(
        line, limits: JSONLimits(maximumDepth: FormatLimits.depth, maximumBytes: FormatLimits.line))
    } catch {
      throw .line(.json(error.kind), number: 1, offset: error.offset)
    }
    guard let format = value["format"]?.stringValue, UTF8Order.areEqual(format, Self.format) else {
      throw .bundle(.noHeader)
    }
    guard let version = value["version"]?.integerValue, version >= 1 else {
      throw Self.fault(.wrongType("version"))
    }
    guard version <= Self.newestVersion else { throw .newerBundle(version: version) }
    guard let list = value["devices"]?.arrayValue else { throw Self.fault(.wrongType("devices")) }
    guard !list.isEmpty else { throw .bundle(.noChanges) }
    var devices: [Span] = []
    devices.reserveCapacity(list.count)
    for (position, element) in list.enumerated() {
      guard let span = Span(element) else { throw Self.fault(.wrongType("devices[\(position)]")) }
      if let last = devices.last, span.device.text <= last.device.text {
        throw Self.fault(.unorderedDevices)
      }
      devices.append(span)
    }
    self.devices = devices
  }

  private static func fault(_ fault: LineFault) -> FormatError {
    .line(fault, number: 1, offset: 0)
  }
}

extension BundleHeader.Span {
  fileprivate init?(_ value: JSON) {
    let sequences = 1...Int64(FormatLimits.sequence)
    guard let device = value["device"]?.stringValue.flatMap(DeviceID.init),
      let first = value["first"]?.integerValue, let last = value["last"]?.integerValue,
      sequences.contains(first), sequences.contains(last), first <= last,
      let tip = value["tip"]?.stringValue.flatMap(ChangeID.init)
    else { return nil }
    self.init(device: device, first: Int(first), last: Int(last), tip: tip)
  }

  /// What a span of one change is.
  init(device: DeviceID, sequence: Int, id: ChangeID) {
    self.init(device: device, first: sequence, last: sequence, tip: id)
  }

  /// The span with one more change in it.
  func adding(sequence: Int, id: ChangeID) -> Self {
    let isTip = sequence > last || sequence == last && tip < id
    return BundleHeader.Span(
      device: device, first: min(first, sequence), last: max(last, sequence), tip: isTip ? id : tip)
  }
}
