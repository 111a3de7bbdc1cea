/// Reads the pieces of dates and times off a text's bytes, from left to right.
///
/// A piece that is not there gives nil and leaves the scanner anywhere; copy it before trying.
struct TimeScanner {
  private let bytes: [UInt8]
  private(set) var index = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { index == bytes.count }
  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Takes the byte if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    index += 1
    return Int(byte - UInt8(ascii: "0"))
  }

  /// The number in exactly that many digits, which must be few.
  mutating func digits(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// The number in one or two digits.
  mutating func oneOrTwoDigits() -> Int? {
    guard let first = digit() else { return nil }
    guard let second = digit() else { return first }
    return first * 10 + second
  }

  /// `YYYY-MM-DD`, checked against the calendar.
  mutating func date() -> CivilDate? {
    guard let (year, month, day) = dateFields() else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// `YYYY-MM-DD`, whether or not there is such a day.
  mutating func dateFields() -> (year: Int, month: Int, day: Int)? {
    guard let year = digits(4), take(UInt8(ascii: "-")), let month = digits(2),
      take(UInt8(ascii: "-")), let day = digits(2)
    else { return nil }
    return (year, month, day)
  }

  /// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction`, checked.
  mutating func time() -> CivilTime? {
    guard let hour = digits(2), take(UInt8(ascii: ":")), let fields = minuteAndRest() else {
      return nil
    }
    return CivilTime(
      hour: hour, minute: fields.minute, second: fields.second, millisecond: fields.millisecond)
  }

  /// What follows the colon after the hour, whether or not a clock shows it.
  mutating func minuteAndRest() -> (minute: Int, second: Int, millisecond: Int)? {
    guard let minute = digits(2) else { return nil }
    guard take(UInt8(ascii: ":")) else { return (minute, 0, 0) }
    guard let second = digits(2) else { return nil }
    guard take(UInt8(ascii: ".")) else { return (minute, second, 0) }
    guard let tenths = digit() else { return nil }
    var millisecond = tenths * 100
    var weight = 10
    while let digit = digit() {
      millisecond += digit * weight
      weight /= 10
    }
    return (minute, second, millisecond)
  }

  /// `Z`, `+hh:mm` or `-hh:mm`, in seconds east of UTC.
  mutating func offset() -> Int? {
    if take(UInt8(ascii: "Z")) { return 0 }
    let isWest = peek == UInt8(ascii: "-")
    guard isWest || peek == UInt8(ascii: "+") else { return nil }
    index += 1
    guard let hour = digits(2), take(UInt8(ascii: ":")), let minute = digits(2), hour < 24,
      minute < 60
    else { return nil }
    let seconds = (hour * 60 + minute) * 60
    return isWest ? -seconds : seconds
  }
}

/// Numbers as digits.
enum TimeDigits {
  /// Appends the number, with zeros before it up to a width; it must not be negative.
  static func append(_ value: Int, width: Int, to bytes: inout [UInt8]) {
    // Divisions by constants are multiplications, and a list has tens of thousands of times.
    let zero = UInt8(ascii: "0")
    let small = UInt32(truncatingIfNeeded: value)
    switch (width, value) {
    case (2, 0..<100):
      bytes.append(zero + UInt8(truncatingIfNeeded: small / 10))
      bytes.append(zero + UInt8(truncatingIfNeeded: small % 10))
    case (3, 0..<1000), (4, 0..<10_000):
      if width == 4 { bytes.append(zero + UInt8(truncatingIfNeeded: small / 1000)) }
      bytes.append(zero + UInt8(truncatingIfNeeded: small / 100 % 10))
      bytes.append(zero + UInt8(truncatingIfNeeded: small / 10 % 10))
      bytes.append(zero + UInt8(truncatingIfNeeded: small % 10))
    default:
      var place = 1
      for _ in 1..<max(width, 1) { place *= 10 }
      while value / place >= 10 { place *= 10 }
      while place > 0 {
        bytes.append(zero + UInt8(truncatingIfNeeded: value / place % 10))
        place /= 10
      }
    }
  }
}
