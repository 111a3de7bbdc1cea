import TasksModel

/// A member's value and the place where it stands.
struct Sited {
  let value: JSON
  let offset: Int

  init(_ value: JSON, at offset: Int) {
    self.value = value
    self.offset = offset
  }
}

/// The members of a change's line as they were found, to be checked once all are there.
struct ChangeParts {
  var version: Sited?
  var device: Sited?
  var name: Sited?
  var sequence: Sited?
  var previous: Sited?
  var note: Sited?
  /// Nil if they are missing or no array; for the latter there is a fault.
  var operations: [Operation]?

  /// Returns the change if the members make one; `end` is where a missing one is reported.
  ///
  /// First what holds in every version, then the version, then what holds in ours.
  func change(operationsFault: ChangeReader.Fault?, end: Int) -> Result<Change, ChangeReader.Fault>
  {
    do throws(ChangeReader.Fault) {
      let version = try integer(version, "v", in: 1...Int64(Int.max), end: end)
      let sequence = try integer(
        sequence, "seq", in: 1...Int64(FormatLimits.sequence), end: end)
      let device = try text(device, "device", end: end) { DeviceID($0) }
      guard let previous else { throw ChangeReader.Fault(kind: .missing("prev"), offset: end) }
      let before: ChangeID? =
        previous.value.isNull
        ? nil : try text(previous, "prev", end: end) { ChangeID($0) }
      guard (before == nil) == (sequence == 1) else {
        throw ChangeReader.Fault(kind: .previousAgainstSequence, offset: previous.offset)
      }
      guard version <= Change.newestVersion else {
        return .success(
          Change(
            version: Int(version), device: device, name: name?.value.stringValue ?? "",
            sequence: Int(sequence), previous: before, note: nil, operations: []))
      }
      if let operationsFault { throw operationsFault }
      guard let operations else {
        throw ChangeReader.Fault(kind: .missing("ops"), offset: end)
      }
      let name = try text(name, "name", end: end) { $0 }
      let note: String? = note == nil ? nil : try text(note, "note", end: end) { $0 }
      return .success(
        Change(
          version: Int(version), device: device, name: name, sequence: Int(sequence),
          previous: before, note: note, operations: operations))
    } catch {
      return .failure(error)
    }
  }

  private func integer(
    _ part: Sited?, _ member: String, in range: ClosedRange<Int64>, end: Int
  ) throws(ChangeReader.Fault) -> Int64 {
    guard let part else { throw ChangeReader.Fault(kind: .missing(member), offset: end) }
    guard let value = part.value.integerValue else {
      throw ChangeReader.Fault(kind: .wrongType(member), offset: part.offset)
    }
    guard range.contains(value) else {
      throw ChangeReader.Fault(kind: .outOfRange(member), offset: part.offset)
    }
    return value
  }

  private func text<Value>(
    _ part: Sited?, _ member: String, end: Int, as make: (String) -> Value?
  ) throws(ChangeReader.Fault) -> Value {
    guard let part else { throw ChangeReader.Fault(kind: .missing(member), offset: end) }
    guard let value = part.value.stringValue.flatMap(make) else {
      throw ChangeReader.Fault(kind: .wrongType(member), offset: part.offset)
    }
    return value
  }
}

extension Operation {
  /// The kinds that this version understands; each has a `set`, if only an empty one.
  static let knownKinds = ["create", "update", "delete"]
}
