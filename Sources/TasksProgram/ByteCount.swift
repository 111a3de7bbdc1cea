/// A number of bytes as people read it.
package enum ByteCount {
  /// `412 bytes`, `3.4 kB`, `12 MB`.
  package static func text(_ bytes: Int) -> String {
    guard bytes >= 1000 else { return counted(bytes, "byte") }
    var tenths = bytes / 100
    for unit in ["kB", "MB"] {
      if tenths < 10_000 { return number(tenths) + " " + unit }
      tenths /= 1000
    }
    return number(tenths) + " GB"
  }

  private static func number(_ tenths: Int) -> String {
    tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
  }
}
