import Glibc
import TasksFiles

/// The keys with which a person may log in, in the order in which they are tried, and what of it only OpenSSH could try.
package struct Candidates {
  package struct Key: Equatable, Sendable {
    package enum Source: Equatable, Sendable {
      case agent
      case file(String)
    }

    package let publicKey: [UInt8]
    package let source: Source
    /// What to call it.
    package let name: String
  }

  package private(set) var keys: [Key] = []
  /// Keys that only OpenSSH can use, by their types.
  package private(set) var beyondUs: [String] = []

  /// Those of the agent that the configuration names, then, unless it wants those alone, the agent's others, then the
  /// files: as OpenSSH has it.
  ///
  /// A file may hold the public half alone if an agent has the key.
  package init(_ configuration: ClientConfiguration, agentKeys: [Agent.Key]) {
    var files: [(path: String, key: [UInt8])] = []
    for path in configuration.identities {
      if access(path + "-cert.pub", R_OK) == 0 { beyondUs.append("certificate \(path)") }
      if let key = publicKey(of: path) { files.append((path, key)) }
    }
    var taken: Set<[UInt8]> = []
    let listed = Set(files.map(\.key))
    let named = agentKeys.filter { listed.contains($0.key) }
    let others = agentKeys.filter { !listed.contains($0.key) }
    for key in named + (configuration.usesOnlyIdentities ? [] : others)
    where taken.insert(key.key).inserted {
      add(Key(publicKey: key.key, source: .agent, name: key.comment), configuration)
    }
    for file in files where taken.insert(file.key).inserted {
      add(Key(publicKey: file.key, source: .file(file.path), name: file.path), configuration)
    }
  }

  private mutating func add(_ key: Key, _ configuration: ClientConfiguration) {
    let type = KeyType.type(of: key.publicKey) ?? "unknown"
    // RSA keys sign with SHA-1 in libssh2 1.10, which servers refuse.
    guard KeyType(rawValue: type) != nil else {
      // Nobody accepts these any more.
      if type != "ssh-dss" { beyondUs.append("key of type \(type)") }
      return
    }
    if configuration.userKeyTypes?.contains(type) ?? true { keys.append(key) }
  }

  /// The public half of the key that a path names.
  private mutating func publicKey(of path: String) -> [UInt8]? {
    if let key = PublicKeyFile.read(path + ".pub") { return key }
    do throws(PrivateKeyFile.Problem) {
      if let key = try PrivateKeyFile.read(path).publicKey { return key }
      beyondUs.append("key in PEM without its public half: \(path)")
      return nil
    } catch {
      // It may be the public half of one that an agent has.
      return PublicKeyFile.read(path)
    }
  }
}
