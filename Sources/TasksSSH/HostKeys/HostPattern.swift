/// Names and patterns at the start of a line of known hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).
package enum HostPattern {
  /// Whether the names on a line mean a host, which is given in small letters.
  package static func matches(_ names: [UInt8], _ host: String) -> Bool {
    names.first == UInt8(ascii: "|")
      ? matchesHidden(names, host) : matchesList(names, Array(host.utf8))
  }

  /// `|1|salt|hash`: one name, of which only a hash is known.
  private static func matchesHidden(_ names: [UInt8], _ host: String) -> Bool {
    let parts = names.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1].elementsEqual("1".utf8), let salt = Base64.decode(parts[2]),
      salt.count == 20
    else { return false }
    return names == Array(hidden(host, salt: salt).utf8)
  }

  /// The name of a host so that nobody can read it, for a line.
  package static func hidden(_ host: String, salt: [UInt8]) -> String {
    let hash = Digest.hmacSHA1(Array(host.utf8), key: salt)
    return "|1|\(Base64.encode(salt))|\(Base64.encode(hash))"
  }

  /// Patterns between commas; one after `!` means that the whole line is not about the hosts it fits.
  private static func matchesList(_ names: [UInt8], _ host: [UInt8]) -> Bool {
    var isMeant = false
    for name in names.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let isNegated = name.first == UInt8(ascii: "!")
      let pattern = isNegated ? name.dropFirst() : name
      // OpenSSH gives up at these, and what it does not trust we must not.
      guard pattern.count < 1023 else { return false }
      if matches(pattern: Array(pattern), host) {
        if isNegated { return false }
        isMeant = true
      }
    }
    return isMeant
  }

  /// `*` is any number of bytes, `?` is one.
  ///
  /// Goes back only to the last `*`, so it takes at most the product of both lengths.
  private static func matches(pattern: [UInt8], _ host: [UInt8]) -> Bool {
    var (at, position) = (0, 0)
    var retry: (at: Int, position: Int)?
    while position < host.count {
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        at += 1
        retry = (at, position)
      } else if at < pattern.count,
        pattern[at] == UInt8(ascii: "?") || lowercased(pattern[at]) == host[position]
      {
        at += 1
        position += 1
      } else if let last = retry {
        retry = (last.at, last.position + 1)
        (at, position) = (last.at, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
