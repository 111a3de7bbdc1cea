import TasksModel

/// A small JSON file of a remote: an object with `format` and `version`, at most 64 KiB, ended by a line feed.
struct RemoteDocument {
  let root: JSON
  let object: RemoteObject

  /// Reads a file; of a later version nothing but these two members is looked at.
  init(_ bytes: [UInt8], format: String, newest: Int64) throws(RemoteFormatError) {
    guard bytes.count <= RemoteLimits.document else {
      throw .document(.tooLong(limit: RemoteLimits.document), offset: RemoteLimits.document)
    }
    do throws(JSONError) {
      root = try JSONParser.parse(
        bytes,
        limits: JSONLimits(
          maximumDepth: FormatLimits.depth, maximumBytes: RemoteLimits.document))
    } catch {
      throw .document(.json(error.kind), offset: error.offset)
    }
    object = try RemoteObject(root, path: "")
    guard UTF8Order.areEqual(try object.text("format"), format) else {
      throw .document(.wrongType("format"), offset: 0)
    }
    let version = try object.integer("version")
    guard version >= 1 else { throw .document(.outOfRange("version"), offset: 0) }
    guard version <= newest else { throw .newer(version: version) }
  }

  /// What such a file is written as.
  static func bytes(format: String, version: Int64, members: [JSON.Member]) -> [UInt8] {
    let own = [JSON.Member("format", .string(format)), JSON.Member("version", .integer(version))]
    return JSONWriter.bytes(.object(members + own), style: .canonical) + [0x0A]
  }
}

/// An object of such a file, whose members are asked for by name; others are not looked at.
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

extension Hexadecimal {
  /// The bytes that pairs of lowercase digits stand for; nil if the text is anything else.
  static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0, digits.allSatisfy(isLowercase) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { place in
      (value(of: digits[place]) ?? 0) << 4 | (value(of: digits[place + 1]) ?? 0)
    }
  }

  /// Two lowercase digits for each byte.
  static func text(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }
}
