import TasksModel

/// An object in a small file of a remote, whose members are asked for by name; others are not looked at.
struct RemoteObject {
  private let value: JSON
  /// Where it stands in the file: `kdf`; empty for the whole.
  private let path: String

  init(_ value: JSON, path: String) throws(RemoteFormatError) {
    guard value.objectValue != nil else {
      throw .document(path.isEmpty ? .notAnObject : .wrongType(path), offset: 0)
    }
    self.value = value
    self.path = path
  }

  func object(_ key: String) throws(RemoteFormatError) -> RemoteObject {
    try RemoteObject(member(key), path: name(key))
  }

  func text(_ key: String) throws(RemoteFormatError) -> String {
    guard let text = try member(key).stringValue else { throw wrong(key) }
    return text
  }

  func integer(_ key: String) throws(RemoteFormatError) -> Int64 {
    guard let number = try member(key).integerValue else { throw wrong(key) }
    return number
  }

  func id(_ key: String) throws(RemoteFormatError) -> HexID {
    guard let id = HexID(try text(key)) else { throw wrong(key) }
    return id
  }

  /// So many bytes, written as lowercase hexadecimal digits.
  func bytes(_ key: String, count: Int) throws(RemoteFormatError) -> [UInt8] {
    guard let bytes = Hexadecimal.bytes(try text(key)), bytes.count == count else {
      throw wrong(key)
    }
    return bytes
  }

  private func member(_ key: String) throws(RemoteFormatError) -> JSON {
    guard let member = value[key] else { throw .document(.missing(name(key)), offset: 0) }
    return member
  }

  private func wrong(_ key: String) -> RemoteFormatError {
    .document(.wrongType(name(key)), offset: 0)
  }

  private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
