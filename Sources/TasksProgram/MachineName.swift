import Glibc

/// The name of this machine, without its domain.
package enum MachineName {
  package static var current: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "device" }
    let bytes = buffer.prefix { $0 != 0 && $0 != CChar(UInt8(ascii: ".")) }
    let name = String(decoding: bytes.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return name.isEmpty ? "device" : name
  }
}
