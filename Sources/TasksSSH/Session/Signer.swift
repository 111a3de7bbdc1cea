import CSSH2
import Glibc

/// Signs what libssh2 asks to have signed: with a key of the agent, or not at all.
///
/// libssh2 asks only once the server said that it would take the key. So a signer that never signs finds that out before
/// anybody is asked for a passphrase.
final class Signer {
  private let key: [UInt8]
  private let agentPath: String?
  /// Whether the server would take the key.
  private(set) var wasAsked = false
  /// What went wrong meanwhile.
  private(set) var failure: SSHFailure?

  /// With no agent it does not sign.
  init(_ key: [UInt8], agentPath: String?) {
    self.key = key
    self.agentPath = agentPath
  }

  /// Puts a signature where libssh2 frees it.
  private func sign(
    _ data: UnsafeRawBufferPointer, _ signature: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>,
    _ count: UnsafeMutablePointer<Int>
  ) -> Int32 {
    wasAsked = true
    do throws(SSHFailure) {
      guard let agentPath, let agent = Agent(agentPath),
        let bytes = try agent.signature(of: Array(data), with: key),
        let copy = malloc(bytes.count)?.bindMemory(to: UInt8.self, capacity: bytes.count)
      else { return -1 }
      copy.initialize(from: bytes, count: bytes.count)
      signature.pointee = copy
      count.pointee = bytes.count
      return 0
    } catch {
      failure = error
      return -1
    }
  }

  /// What libssh2 says to an attempt to log in; nil if the server did not answer.
  func logIn(
    to session: SSHSession, as user: String, until deadline: Deadline,
    then channel: ChannelRequest? = nil
  ) throws(SSHFailure) -> Int32? {
    // What stands there is what the callback below is called with.
    let context = UnsafeMutableRawPointer(Unmanaged.passUnretained(self).toOpaque())
    return try session.complete(until: deadline) {
      let call = { [key] in
        libssh2_userauth_publickey(
          session.handle, user, key, key.count,
          { _, signature, count, data, size, context in
            guard let signature, let count, let context else { return -1 }
            let signer = Unmanaged<Signer>.fromOpaque(UnsafeRawPointer(context))
            return signer.takeUnretainedValue().sign(
              UnsafeRawBufferPointer(start: data, count: size), signature, count)
          }, context.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
      }
      return channel?.following(call) ?? call()
    }
  }
}
