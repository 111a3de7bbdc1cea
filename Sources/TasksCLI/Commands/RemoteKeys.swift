import TasksFormat
import TasksModel
import TasksProgram
import TasksRemote
import TasksStore
import TasksSync

/// Keys of encrypted remotes: making one, and adding a passphrase.
struct RemoteKeys {
  let name: String?
  let secrets: SecretOptions

  /// What a new encrypted remote will be made of.
  func make(in session: Session) throws -> NewEncryption {
    let key = RemoteKey.random()
    let slot = try slot(wrapping: key, in: session)
    return NewEncryption(
      settings: RemoteSettings.encrypted(key.settings).bytes, secret: key.bytes,
      slot: (slot.name.text, slot.bytes))
  }

  /// Adds a passphrase or a key file to a remote whose key is known here.
  func add(in session: Session) throws {
    let store = try session.store(for: .writing)
    let remote = try session.remote(name, in: store)
    guard let key = remote.secret.flatMap(RemoteKey.init(bytes:)) else {
      throw Failure(
        "\(remote.name) is not encrypted, or was never opened here",
        hint: "to open it: tasks sync \(remote.name)", status: .failed)
    }
    let slot = try slot(wrapping: key, in: session)
    let isThere = try session.publish(slot, on: remote, in: store)
    try store.pin(remote, slot: slot.name.text, content: slot.bytes)
    try session.output.line(
      "Added a key to \(remote.name); those it had open it too."
        + (isThere ? "" : " The first sync brings it there."))
  }

  private func slot(wrapping key: RemoteKey, in session: Session) throws -> KeySlot {
    let secret = try secrets.secret(isNew: true, of: name ?? RemoteRecord.usualName, in: session)
    guard let secret else {
      throw Failure(
        "there is nobody to ask for a passphrase",
        hint:
          "give it with --passphrase-file, --passphrase-command, --key-file or TASKS_PASSPHRASE",
        status: .refused)
    }
    return try KeySlot(wrapping: key, with: secret)
  }
}
