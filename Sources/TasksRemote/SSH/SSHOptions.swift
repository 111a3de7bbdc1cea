/// How to connect over SSH, whichever program does it.
package struct SSHOptions: Equatable, Sendable {
  /// Another file than `~/.ssh/config`: `TASKS_SSH_CONFIG`.
  package var configuration: String?
  /// Nobody is there to be asked.
  package var isInBackground: Bool
  /// Seconds that it may take until the server has shown its key; what the configuration says about it does not count.
  ///
  /// Nil leaves it to the configuration.
  package var connectTimeout: Int?
  /// Tells on the standard error what happens.
  package var isVerbose: Bool

  package init(
    configuration: String? = nil, isInBackground: Bool = false, connectTimeout: Int? = nil,
    isVerbose: Bool = false
  ) {
    self.configuration = configuration
    self.isInBackground = isInBackground
    self.connectTimeout = connectTimeout
    self.isVerbose = isVerbose
  }
}
