/// What a client can read (RFC 9110, 12.5.1).
struct AcceptHeader: Sendable {
  private let ranges: [(range: MediaRange, weight: Int)]

  /// What cannot be understood is passed over; if nothing is left, everything is welcome.
  init(_ header: String?) {
    ranges = HeaderText.split((header ?? "")[...], at: ",").compactMap { element in
      guard let range = MediaRange(element) else { return nil }
      guard let written = range.parameter("q") else { return (range, 1000) }
      return Self.weight(written).map { (range, $0) }
    }
  }

  /// Whether a type may be sent: the range that means it most exactly decides, and `q=0` refuses.
  func allows(_ media: MediaType) -> Bool {
    if ranges.isEmpty { return true }
    let fitting = ranges.compactMap { element in
      element.range.exactness(for: media).map { (exactness: $0, weight: element.weight) }
    }
    guard let best = fitting.map(\.exactness).max() else { return false }
    return fitting.contains { $0.exactness == best && $0.weight > 0 }
  }

  /// Thousandths: `0.5` is 500; nil if it is no weight (RFC 9110, 12.4.2).
  private static func weight(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, first == 0x30 || first == 0x31, bytes.count <= 5,
      bytes.count == 1 || bytes[1] == UInt8(ascii: ".")
    else { return nil }
    var weight = Int(first - 0x30) * 1000
    var place = 100
    for byte in bytes.dropFirst(2) {
      guard (0x30...0x39).contains(byte) else { return nil }
      weight += Int(byte - 0x30) * place
      place /= 10
    }
    return weight <= 1000 ? weight : nil
  }
}
