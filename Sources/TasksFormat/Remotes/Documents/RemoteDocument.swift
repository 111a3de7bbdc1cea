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
