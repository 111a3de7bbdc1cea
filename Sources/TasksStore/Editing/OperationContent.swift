import TasksModel

/// What an operation made here says, as the store keeps it.
struct OperationContent: Sendable {
  let kind: OperationKind
  /// The fields as they were set: a JSON object.
  let fields: String
  /// What it writes: the fields, and whether the task is deleted.
  let written: [WrittenField]

  init(_ kind: OperationKind, _ edits: Edits) {
    // The object consists of the very texts that the fields get, so each value is put into words once.
    var object = [UInt8(ascii: "{")]
    var written: [WrittenField] = []
    written.reserveCapacity(edits.values.count + 1)
    let saysDeletion = edits.values[.isDeleted] != nil
    // In the order of their rows, which SQLite adds at the end of a table then.
    for (field, value) in edits.written(by: kind).sorted(by: { $0.key < $1.key }) {
      guard saysDeletion || field != .isDeleted else {
        written.append(WrittenField(field: field, value: value.canonicalText))
        continue
      }
      if object.count > 1 { object.append(UInt8(ascii: ",")) }
      JSONWriter.append(key: field.name, to: &object)
      let start = object.count
      JSONWriter.append(value, to: &object, style: .canonical)
      let text = String(decoding: object[start...], as: UTF8.self)
      written.append(WrittenField(field: field, value: text))
    }
    object.append(UInt8(ascii: "}"))
    self.kind = kind
    self.fields = String(decoding: object, as: UTF8.self)
    self.written = written
  }
}
