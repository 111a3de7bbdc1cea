package import TasksModel

/// A change as one line of JSON: how it is written, read and named.
///
/// `docs/format.md` specifies it.
package enum ChangeLine {
  /// Returns the id of the change that a line is: the SHA-256 of its bytes as they are, without the line feed.
  ///
  /// Nothing is parsed and written again, so what a later version adds to a line is part of its name.
  package static func id(of line: UnsafeBufferPointer<UInt8>) -> ChangeID {
    ChangeID(words: Digest(of: line).words)
  }

  package static func id(of line: [UInt8]) -> ChangeID {
    line.withUnsafeBufferPointer { id(of: $0) }
  }

  /// Reads a line, without its line feed; offsets in errors count from its start.
  ///
  /// A line of a later version gives its device, sequence and predecessor, which never change meaning, and its name
  /// if that is text. It has no operations then, and its version says so.
  package static func decode(_ line: UnsafeBufferPointer<UInt8>) throws(FormatError) -> Change {
    guard line.count <= FormatLimits.line else {
      throw .line(.tooLong(limit: FormatLimits.line), number: nil, offset: FormatLimits.line)
    }
    let fault: ChangeReader.Fault
    do throws(JSONError) {
      var reader = ChangeReader(line)
      switch try reader.read() {
      case .success(let change): return change
      case .failure(let found): fault = found
      }
    } catch {
      throw .line(.json(error.kind), number: nil, offset: error.offset)
    }
    throw .line(fault.kind, number: nil, offset: fault.offset)
  }

  package static func decode(_ line: [UInt8]) throws(FormatError) -> Change {
    try line.withUnsafeBufferPointer { (buffer) throws(FormatError) -> Change in
      try decode(buffer)
    }
  }

  /// Returns the one line that says this, without a line feed: members sorted, no whitespace.
  ///
  /// A note or a clock that there is none of is left out. What no reader would accept is not written: the line is
  /// read back before it is returned.
  package static func encode(_ change: Change) throws(FormatError) -> [UInt8] {
    try write(change).line
  }

  /// Returns the line, and the change as every reader of the line will have it: fields in the line's order.
  static func write(_ change: Change) throws(FormatError) -> (line: [UInt8], change: Change) {
    guard change.version == Change.newestVersion else {
      throw .line(.notOurVersion(change.version), number: nil, offset: 0)
    }
    var line: [UInt8] = []
    line.reserveCapacity(256 * (change.operations.count + 1))
    JSONWriter.append(#"{"device":"#, to: &line)
    JSONWriter.append(string: change.device.text, to: &line)
    JSONWriter.append(#","name":"#, to: &line)
    JSONWriter.append(string: change.name, to: &line)
    if let note = change.note {
      JSONWriter.append(#","note":"#, to: &line)
      JSONWriter.append(string: note, to: &line)
    }
    JSONWriter.append(#","ops":["#, to: &line)
    for (position, operation) in change.operations.enumerated() {
      if position > 0 { line.append(UInt8(ascii: ",")) }
      append(operation, to: &line)
    }
    JSONWriter.append(#"],"prev":"#, to: &line)
    if let previous = change.previous {
      JSONWriter.append(string: previous.text, to: &line)
    } else {
      JSONWriter.append("null", to: &line)
    }
    JSONWriter.append(#","seq":"#, to: &line)
    JSONWriter.append(integer: Int64(change.sequence), to: &line)
    JSONWriter.append(#","v":"#, to: &line)
    JSONWriter.append(integer: Int64(change.version), to: &line)
    line.append(UInt8(ascii: "}"))
    return (line, try decode(line))
  }

  private static func append(_ operation: Operation, to line: inout [UInt8]) {
    JSONWriter.append(#"{"at":"#, to: &line)
    JSONWriter.append(integer: operation.at.milliseconds, to: &line)
    if let clock = operation.clock {
      JSONWriter.append(#","clock":"#, to: &line)
      JSONWriter.append(integer: clock.milliseconds, to: &line)
    }
    JSONWriter.append(#","kind":"#, to: &line)
    JSONWriter.append(string: operation.kind, to: &line)
    JSONWriter.append(#","over":["#, to: &line)
    for (position, dot) in operation.over.enumerated() {
      if position > 0 { line.append(UInt8(ascii: ",")) }
      JSONWriter.append(string: dot.description, to: &line)
    }
    line.append(UInt8(ascii: "]"))
    if let fields = operation.fields {
      JSONWriter.append(#","set":"#, to: &line)
      JSONWriter.append(.object(fields), to: &line, style: .canonical)
    }
    JSONWriter.append(#","task":"#, to: &line)
    JSONWriter.append(string: operation.task.text, to: &line)
    line.append(UInt8(ascii: "}"))
  }
}
