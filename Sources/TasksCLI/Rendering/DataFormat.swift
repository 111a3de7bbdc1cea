import TasksModel

/// The forms in which a program can ask for data.
enum DataFormat {
  /// One document: an array with a line for each element.
  case json
  /// A document for each element, a line each.
  case jsonLines

  /// Writes the elements.
  func write<Element>(
    _ elements: [Element], to output: Output,
    append: @escaping (Element, inout [UInt8]) -> Void
  ) throws {
    try write(to: output, append: append) { each in
      for element in elements { try each(element) }
    }
  }

  /// Writes the elements that `produce` hands over one by one.
  func write<Element>(
    to output: Output, append: @escaping (Element, inout [UInt8]) -> Void,
    _ produce: ((Element) throws -> Void) throws -> Void
  ) throws {
    let isArray = self == .json
    var isFirst = true
    if isArray { try output.bytes { JSONWriter.append("[", to: &$0) } }
    try produce { element in
      try output.bytes { bytes in
        if isArray { JSONWriter.append(isFirst ? "\n" : ",\n", to: &bytes) }
        append(element, &bytes)
        if !isArray { bytes.append(UInt8(ascii: "\n")) }
      }
      isFirst = false
    }
    if isArray { try output.bytes { JSONWriter.append(isFirst ? "]\n" : "\n]\n", to: &$0) } }
  }
}

extension Output {
  /// Writes one document on a line.
  func json(_ value: JSON) throws {
    try bytes { bytes in
      JSONWriter.append(value, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  func json(_ task: TaskRecord) throws {
    try bytes { bytes in
      TaskJSON.append(task, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}
