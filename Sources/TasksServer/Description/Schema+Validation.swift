package import TasksModel

extension Schema {
  /// How many are told at most: a body of a megabyte could break so many rules that the answer were far longer.
  package static let mostViolations = 1000
  /// The longest name, in UTF-8 bytes, of an unknown member that is repeated in an answer.
  private static let longestName = 200

  /// Everything that is wrong with a value, in the order of the value, unknown members after the known ones.
  package func violations(in value: JSON) -> [Violation] {
    var checker = SchemaChecker()
    checker.check(value, self)
    return checker.violations
  }

  /// What a value must be, for "must be …".
  var phrase: String {
    let phrase =
      switch form {
      case .anything: "any value"
      case .boolean: "true or false"
      case .integer(let range): Self.phrase(range)
      case .string(let rule, _): rule?.phrase ?? "a string"
      case .choice(let words):
        (words.count == 1 ? "" : "one of ") + words.map { "\"\($0)\"" }.joined(separator: ", ")
      case .array: "an array"
      case .object, .tagged, .loosely: "an object"
      case .oneOf(let schemas): schemas.map(\.phrase).joined(separator: " or ")
      case .component(_, let schema): schema.phrase
      }
    return isNullable ? phrase + " or null" : phrase
  }

  private static func phrase(_ range: ClosedRange<Int64>) -> String {
    range.upperBound == largestInteger
      ? "a whole number of at least \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  fileprivate static func isTellable(_ name: String) -> Bool { name.utf8.count <= longestName }
}

/// One walk through a value.
private struct SchemaChecker {
  var violations: [Violation] = []
  private var path = JSONPath()

  private mutating func report(_ detail: String) {
    guard violations.count < Schema.mostViolations else { return }
    violations.append(Violation(.body(pointer: path.pointer), detail))
  }

  mutating func check(_ value: JSON, _ schema: Schema) {
    if schema.isNullable, value.isNull { return }
    let expectation = "must be \(schema.phrase)"
    switch (schema.form, value) {
    case (.component(_, let named), _): check(value, schema.isNullable ? named.orNull : named)
    case (.anything, _): break
    case (.boolean, .bool): break
    case (.integer(let range), _):
      if !(value.wholeNumber.map(range.contains) ?? false) { report(expectation) }
    case (.string(let rule, let length), .string(let text)): check(text, rule, length)
    case (.choice(let words), .string(let text)):
      if !words.contains(where: { UTF8Order.areEqual($0, text) }) { report(expectation) }
    case (.array(let items, let maximum, let isUnique), .array(let values)):
      check(values, items, maximum: maximum, isUnique: isUnique)
    case (.object(let known, let others), .object(let members)): check(members, known, others)
    case (.oneOf(let schemas), _):
      if schemas.count(where: { $0.violations(in: value).isEmpty }) != 1 { report(expectation) }
    case (.tagged(let name, let variants), .object):
      check(value, tag: name, variants)
    case (.loosely, .object): break
    default: report(expectation)
    }
  }

  private mutating func check(_ text: String, _ rule: TextRule?, _ length: ClosedRange<Int>?) {
    if let length {
      let count = text.unicodeScalars.count
      guard count >= length.lowerBound else {
        return report(
          count == 0 ? "must not be empty" : "must have at least \(length.lowerBound) characters")
      }
      guard count <= length.upperBound else {
        return report("must have at most \(length.upperBound) characters, not \(count)")
      }
    }
    if let rule, !rule.isAllowed(text) { report("must be \(rule.phrase)") }
  }

  private mutating func check(_ values: [JSON], _ items: Schema, maximum: Int?, isUnique: Bool) {
    if let maximum, values.count > maximum {
      // Nothing more is said of it, so that what is too much is not read either.
      return report("must have at most \(maximum) elements, not \(values.count)")
    }
    var seen: Set<JSON> = []
    for (index, value) in values.enumerated() {
      path.enter(index)
      check(value, items)
      if isUnique, !seen.insert(value).inserted { report("must not be there twice") }
      path.leave()
    }
  }

  private mutating func check(
    _ members: [JSON.Member], _ known: [Schema.Member], _ others: Schema.Others
  ) {
    var found: Set<UTF8Key> = []
    var unknown: [JSON.Member] = []
    for member in members {
      guard let schema = known.first(where: { UTF8Order.areEqual($0.name, member.key) })?.schema
      else {
        unknown.append(member)
        continue
      }
      found.insert(UTF8Key(member.key))
      path.enter(member.key)
      check(member.value, schema)
      path.leave()
    }
    for member in known where member.isRequired && !found.contains(UTF8Key(member.name)) {
      path.enter(member.name)
      report("must be there")
      path.leave()
    }
    switch others {
    case .anything: break
    case .refused:
      for member in unknown {
        guard Schema.isTellable(member.key) else {
          report("has an unknown member with a name too long to repeat")
          continue
        }
        path.enter(member.key)
        report("is not a known member")
        path.leave()
      }
    }
  }

  private mutating func check(_ value: JSON, tag name: String, _ variants: [Schema.Variant]) {
    let tag = value[name]?.stringValue
    let variant = variants.first { variant in
      tag.map { UTF8Order.areEqual($0, variant.tag) } ?? false
    }
    guard let variant else {
      path.enter(name)
      check(value[name] ?? .null, .choice(variants.map(\.tag)))
      path.leave()
      return
    }
    check(value, variant.schema)
  }
}

extension JSON {
  /// The number if it is whole and fits: `1.0` and `1e2` are, as in JSON Schema 2020-12 (validation, 6.1.1).
  package var wholeNumber: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let text): Self.wholeNumber(text)
    default: nil
    }
  }

  /// Reads a number that the parser took for one, so its form is right.
  private static func wholeNumber(_ text: String) -> Int64? {
    let parts = text.utf8.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    var digits: [UInt8] = []
    var exponent = 0
    if parts.count == 2 {
      guard let written = Int(String(decoding: parts[1], as: UTF8.self)) else {
        // Zero stays zero however large the exponent is.
        return parts[0].allSatisfy({ !(0x31...0x39).contains($0) }) ? 0 : nil
      }
      exponent = written
    }
    var isFraction = false
    for byte in parts[0] {
      switch byte {
      case UInt8(ascii: "."): isFraction = true
      case 0x30...0x39:
        digits.append(byte - 0x30)
        if isFraction { exponent = exponent.subtractingReportingOverflow(1).partialValue }
      default: break
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent = exponent.addingReportingOverflow(1).partialValue
    }
    guard !digits.isEmpty else { return 0 }
    guard exponent >= 0, exponent < 20 else { return nil }
    digits += repeatElement(0, count: exponent)
    var value: Int64 = 0
    for digit in digits {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.subtractingReportingOverflow(Int64(digit))
      if overflow || carry { return nil }
      value = sum
    }
    return isNegative ? value : value == .min ? nil : -value
  }
}
