import TasksArguments
import TasksFiles
import TasksFormat
import TasksProgram

/// Where the passphrase or the key file of an encrypted remote comes from; never from the command line itself, which
/// everybody on the machine can read.
struct SecretOptions {
  private static let passphraseFile = OptionDeclaration(
    "passphrase-file", value: "FILE", help: "Read the passphrase from the first line of a file.",
    completion: .file)
  private static let passphraseCommand = OptionDeclaration(
    "passphrase-command", value: "COMMAND", help: "Run a command that prints the passphrase.")
  private static let keyFile = OptionDeclaration(
    "key-file", value: "FILE", help: "Use a file as the key: 32 random bytes or more.",
    completion: .file)

  static let declarations = [passphraseFile, passphraseCommand, keyFile]

  private let passphraseFile: String?
  private let passphraseCommand: String?
  private let keyFile: String?

  init(_ arguments: ParsedArguments) throws {
    passphraseFile = arguments.value(Self.passphraseFile)
    passphraseCommand = arguments.value(Self.passphraseCommand)
    keyFile = arguments.value(Self.keyFile)
    if [passphraseFile, passphraseCommand, keyFile].compactMap({ $0 }).count > 1 {
      throw Failure.usage(
        "--passphrase-file, --passphrase-command and --key-file exclude each other")
    }
  }

  var isGiven: Bool { passphraseFile ?? passphraseCommand ?? keyFile != nil }

  private static let limit = 2 << 20

  /// The secret; nil if nobody is there to be asked.
  ///
  /// - Parameters:
  ///   - isNew: whether it is to be chosen, and so asked for twice.
  ///   - remote: what the person is told it is for.
  func secret(isNew: Bool, of remote: String, in session: Session) throws -> KeySecret? {
    if let keyFile { return try keyFileSecret(read(keyFile)) }
    if let passphraseFile { return try passphrase(read(passphraseFile)) }
    if let passphraseCommand {
      let (output, ending) = try ChildProcess.output(ofShell: passphraseCommand, limit: Self.limit)
      guard ending == .exited(0) else {
        throw Failure("the command of --passphrase-command failed", status: .refused)
      }
      return try passphrase(output)
    }
    if let text = session.environment["TASKS_PASSPHRASE"] {
      return try passphrase(Array(text.utf8))
    }
    guard let terminal = Terminal() else { return nil }
    guard
      let typed = terminal.askSecretly("\(isNew ? "New passphrase" : "Passphrase") for \(remote): ")
    else { return nil }
    let secret = try passphrase(typed)
    if isNew {
      guard let again = terminal.askSecretly("Once more: ") else { return nil }
      guard typed == again else {
        throw Failure("the two passphrases differ", hint: "nothing was changed", status: .failed)
      }
    }
    return secret
  }

  private func read(_ path: String) throws(FileError) -> [UInt8] {
    try FileHandle(path, flags: FileHandle.forReading).readToEnd(limit: Self.limit)
  }

  /// The first line is the passphrase.
  private func passphrase(_ bytes: [UInt8]) throws -> KeySecret {
    var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    do throws(RemoteFormatError) {
      return try KeySecret.passphrase(Array(line))
    } catch {
      throw Self.failure(error, "the passphrase", "one that you can remember and nobody can guess")
    }
  }

  private func keyFileSecret(_ bytes: [UInt8]) throws -> KeySecret {
    do throws(RemoteFormatError) {
      return try KeySecret.keyFile(bytes)
    } catch {
      throw Self.failure(error, "the key file", "for example from: head -c 32 /dev/urandom")
    }
  }

  private static func failure(
    _ error: RemoteFormatError, _ what: String, _ hint: String
  ) -> Failure {
    guard case .secretLength(let count, let allowed) = error else { return Failure(error) }
    let range = "\(allowed.lowerBound) to \(allowed.upperBound)"
    return Failure(
      "\(what) has \(counted(count, "byte")); it needs \(range)", hint: hint, status: .usage)
  }
}
