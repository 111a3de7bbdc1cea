extension ClientConfiguration {
  /// Reads what `ssh -G HOST` prints: a setting a line, its name in small letters, each as it holds for this host.
  ///
  /// Settings about which algorithms, keys and hosts are trusted and which way leads to the host are followed, or named in
  /// `beyondUs`; those that concern only a login, such as forwarding, are passed over.
  package init(openSSH text: String, host: String, person: Person) {
    self.init(hostName: host)
    user = person.name
    methods = []
    var allowed = Set(Method.allCases)
    var preferred: [String]?
    var wantsGSSAPI = false
    var wantsHostBased = false

    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = String(Substring(parts[0]))
      let value = String(Substring(parts[1]))
      let isOn = ["yes", "true"].contains(value)
      switch name {
      case "hostname": hostName = value
      case "port": port = Int(value) ?? port
      case "user": user = value
      case "hostkeyalias": hostKeyAlias = value
      case "addressfamily": family = value == "inet" ? .four : value == "inet6" ? .six : .any
      case "connecttimeout": connectTimeout = Int(value).flatMap { $0 > 0 ? $0 : nil }
      case "serveraliveinterval": aliveInterval = Int(value).flatMap { $0 > 0 ? $0 : nil }
      case "serveralivecountmax": aliveCount = max(1, Int(value) ?? aliveCount)
      case "batchmode": isBatch = isOn

      case "userknownhostsfile": knownHosts = files(value, person)
      case "globalknownhostsfile": globalKnownHosts = files(value, person)
      case "revokedhostkeys": revokedKeys = files(value, person).first
      case "stricthostkeychecking": trust = Trust(value)
      case "hashknownhosts": hashesNames = isOn
      case "knownhostscommand", "proxycommand", "proxyjump", "bindaddress", "bindinterface",
        "pkcs11provider", "certificatefile":
        if value != "none" { beyondUs.append(name) }
      case "verifyhostkeydns": if isOn { beyondUs.append(name) }

      case "identityfile": identities.append(value)
      case "identitiesonly": usesOnlyIdentities = isOn
      case "identityagent": agent = AgentPlace(value)
      case "pubkeyauthentication":
        if ["no", "false"].contains(value) { allowed.remove(.publicKey) }
      case "passwordauthentication": if !isOn { allowed.remove(.password) }
      case "kbdinteractiveauthentication", "challengeresponseauthentication":
        if !isOn { allowed.remove(.keyboard) }
      case "preferredauthentications":
        preferred = value.split(separator: ",").map(String.init)
      case "numberofpasswordprompts": prompts = Int(value) ?? prompts
      case "gssapiauthentication": wantsGSSAPI = isOn
      case "hostbasedauthentication": wantsHostBased = isOn

      case "hostkeyalgorithms": hostKeyTypes = value.split(separator: ",").map(String.init)
      case "pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes":
        userKeyTypes = value.split(separator: ",").map(String.init)
      case "kexalgorithms": keyExchanges = value
      case "ciphers": ciphers = value
      case "macs": codes = value
      default: break
      }
    }
    methods = (preferred?.compactMap(Method.init(rawValue:)) ?? Method.allCases)
      .filter(allowed.contains)
    for (name, isWanted) in [("gssapi-with-mic", wantsGSSAPI), ("hostbased", wantsHostBased)]
    where isWanted && preferred?.contains(name) ?? true {
      otherMethods.append(name)
    }
    var expanded: [String] = []
    for identity in identities where identity != "none" {
      if let path = expand(identity, person, host: host) {
        expanded.append(path)
      } else {
        beyondUs.append("identityfile \(identity)")
      }
    }
    identities = expanded
    if case .path(let path) = agent {
      if let path = expand(path, person, host: host) {
        agent = .path(path)
      } else {
        beyondUs.append("identityagent \(path)")
      }
    }
    for path in knownHosts + globalKnownHosts + [revokedKeys].compactMap({ $0 })
    where path.utf8.contains(UInt8(ascii: "%")) || path.utf8.contains(UInt8(ascii: "$")) {
      beyondUs.append(path)
    }
  }

  private func files(_ value: String, _ person: Person) -> [String] {
    value.split(separator: " ").map { Self.underHome(String($0), person) }.filter { $0 != "none" }
  }

  /// `~/x`, as the system knows that folder.
  private static func underHome(_ path: String, _ person: Person) -> String {
    path.utf8.starts(with: "~/".utf8) ? person.home + path.dropFirst() : path
  }

  /// A path in which `%h` and the like stand for something (ssh_config(5), TOKENS); nil for what is not known here.
  private func expand(_ path: String, _ person: Person, host: String) -> String? {
    guard !path.utf8.contains(UInt8(ascii: "$")) else { return nil }
    var expanded = ""
    var rest = Self.underHome(path, person)[...]
    while let percent = rest.firstIndex(of: "%") {
      expanded += rest[..<percent]
      rest = rest[percent...].dropFirst()
      switch rest.popFirst() {
      case "%": expanded += "%"
      case "d": expanded += person.home
      case "h": expanded += hostName
      case "n": expanded += host
      case "p": expanded += "\(port)"
      case "r": expanded += user
      case "u": expanded += person.name
      default: return nil
      }
    }
    expanded += rest
    // One that begins with a user's name leads to that user's home.
    return expanded.utf8.first == UInt8(ascii: "~") ? nil : expanded
  }
}

extension ClientConfiguration.Trust {
  init(_ value: String) {
    switch value {
    case "yes", "true": self = .refuse
    // Whoever trusts everybody is protected from changed keys all the same.
    case "no", "false", "off", "accept-new": self = .acceptNew
    default: self = .ask
    }
  }
}

extension ClientConfiguration.AgentPlace {
  init(_ value: String) {
    if value == "none" {
      self = .none
    } else if value == "SSH_AUTH_SOCK" {
      self = .environment
    } else if value.utf8.first == UInt8(ascii: "$") {
      self = .variable(value.filter { !"${}".contains($0) })
    } else {
      self = .path(value)
    }
  }
}
