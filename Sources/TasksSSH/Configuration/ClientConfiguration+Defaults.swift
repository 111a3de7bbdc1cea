extension ClientConfiguration {
  /// What holds where no ssh is installed and so nobody wrote a configuration for it.
  package static func withoutOpenSSH(_ arguments: ClientArguments, _ person: Person) -> Self {
    var configuration = Self(hostName: arguments.host)
    configuration.port = arguments.port ?? 22
    configuration.user = arguments.user ?? person.name
    let folder = person.home + "/.ssh/"
    configuration.identities = ["id_ed25519", "id_ecdsa"].map { folder + $0 }
    configuration.knownHosts = ["known_hosts", "known_hosts2"].map { folder + $0 }
    configuration.globalKnownHosts = ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"]
    // What the library can do and nobody has doubts about.
    configuration.keyExchanges = """
      curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,\
      ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,\
      diffie-hellman-group18-sha512,diffie-hellman-group14-sha256
      """
    configuration.ciphers = "aes128-ctr,aes192-ctr,aes256-ctr"
    configuration.codes = "hmac-sha2-256,hmac-sha2-512"
    return configuration
  }
}
