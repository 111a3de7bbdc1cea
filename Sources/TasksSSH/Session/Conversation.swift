import CSSH2
import Glibc
import TasksFiles

/// A login in which the server asks what it likes (RFC 4256), mostly for a password and a code.
final class Conversation {
  private let user: String
  private let host: String
  private(set) var hasAsked = false
  /// Why there were no answers.
  private(set) var failure: SSHFailure?

  init(with user: String, on host: String) {
    self.user = user
    self.host = host
  }

  /// What libssh2 says to it; nil if the server did not answer.
  func logIn(to session: SSHSession) throws(SSHFailure) -> Int32? {
    guard let place = libssh2_session_abstract(session.handle) else { throw .bug("no abstract") }
    place.pointee = UnsafeMutableRawPointer(Unmanaged.passUnretained(self).toOpaque())
    defer { place.pointee = nil }
    // People take their time while libssh2 calls us back; this is for the server's.
    let deadline = Deadline(seconds: SSHSession.patience * 20)
    return try session.complete(until: deadline) {
      libssh2_userauth_keyboard_interactive_ex(session.handle, user, UInt32(user.utf8.count)) {
        name, nameSize, instruction, instructionSize, count, prompts, responses, place in
        guard let context = place?.pointee else { return }
        let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
        conversation.answer(
          UnsafeBufferPointer(start: prompts, count: Int(count)),
          UnsafeMutableBufferPointer(start: responses, count: Int(count)),
          introduction: [
            Conversation.text(name, nameSize), Conversation.text(instruction, instructionSize),
          ])
      }
    }
  }

  private static func text(_ bytes: UnsafePointer<CChar>?, _ count: Int32) -> String {
    let buffer = UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(count))
    return String(decoding: buffer.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func answer(
    _ prompts: UnsafeBufferPointer<LIBSSH2_USERAUTH_KBDINT_PROMPT>,
    _ responses: UnsafeMutableBufferPointer<LIBSSH2_USERAUTH_KBDINT_RESPONSE>,
    introduction: [String]
  ) {
    guard failure == nil, !prompts.isEmpty else { return }
    guard let terminal = Terminal(starter: STDIN_FILENO) else {
      failure = .cancelled
      return
    }
    hasAsked = true
    for text in introduction where !text.harmless.isEmpty { terminal.say(text.harmless + "\n") }
    for (index, prompt) in prompts.enumerated() {
      // Whose words they are is said first: anybody could ask for the passphrase of a key.
      let words = Self.text(prompt.text, Int32(prompt.length)).harmless
      let question = "(\(user.harmless)@\(host.harmless)) \(words)"
      let answer = prompt.echo == 0 ? terminal.askSecretly(question) : terminal.ask(question)
      guard let answer, let copy = malloc(max(answer.count, 1)) else {
        failure = .cancelled
        return
      }
      answer.withUnsafeBytes { bytes in
        if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
      }
      responses[index].text = copy.bindMemory(to: CChar.self, capacity: answer.count)
      responses[index].length = UInt32(answer.count)
    }
  }
}
