package import TasksFormat
import TasksModel
import TasksRemote
import TasksStore

extension Synchronizer {
  /// What is known of how bundles stand on the remote before it was looked at; nil if that depends on what it says.
  var knownCoding: RemoteCoding? {
    get throws {
      guard let bytes = record.settings else { return nil }
      return Self.coding(of: try RemoteSettings(reading: bytes), record)
    }
  }

  static func coding(of settings: RemoteSettings, _ record: RemoteRecord) -> RemoteCoding? {
    guard let encryption = settings.encryption else { return .plain }
    guard let key = record.secret.flatMap(RemoteKey.init(bytes:)), key.settings == encryption else {
      return nil
    }
    return .encrypted(key)
  }

  /// Makes sure that the place is what it was; nil if nobody has made a remote of it yet.
  func meet(_ survey: Survey, _ remote: any Remote) throws -> RemoteCoding? {
    guard let bytes = survey.settings else {
      let hasBundles = survey.bundles?.files.contains { BundleName($0.name.text) != nil } ?? false
      if record.isMet {
        guard options.refills, options.ways.contains(.push), !options.isDryRun else {
          throw SyncError.lost(hasBundles: hasBundles)
        }
        return nil
      }
      guard !hasBundles else { throw SyncError.noSettings }
      return nil
    }
    let settings: RemoteSettings
    do {
      settings = try RemoteSettings(reading: bytes)
    } catch RemoteFormatError.newer(let version) {
      throw SyncError.newer(version: version)
    } catch {
      throw SyncError.badSettings
    }
    if let pinned = record.settings {
      guard pinned == bytes else { throw SyncError.otherSettings }
      if let coding = Self.coding(of: settings, record) {
        if !record.isMet, options.ways.contains(.push), !options.isDryRun {
          try publishSlots(on: remote)
          try pin(bytes, secret: record.secret)
        }
        return coding
      }
    }
    guard let encryption = settings.encryption else {
      guard !options.expectsEncryption else { throw SyncError.notEncrypted }
      try pin(bytes, secret: nil)
      return .plain
    }
    // Also if nobody opens it now: a place that was seen to be encrypted is never sent anything in clear.
    if record.settings == nil { try pin(bytes, secret: nil) }
    let key = try unlock(encryption, remote)
    try pin(bytes, secret: key.bytes)
    return .encrypted(key)
  }

  private func pin(_ settings: [UInt8], secret: [UInt8]?) throws {
    guard !options.isDryRun else { return }
    try store.pin(record, settings: settings, secret: secret, isMet: true)
    guard let pinned = try store.remote(record.name) else { return }
    record = pinned
  }

  /// Nobody has as many passphrases as this.
  private static let mostSlots = 100

  /// Gets the key of an encrypted remote, and remembers its slots.
  private func unlock(_ encryption: EncryptionSettings, _ remote: any Remote) throws -> RemoteKey {
    let listing = try remote.list(.keys)?.files ?? []
    var slots: [KeySlot] = []
    try remote.fetch(Array(listing.prefix(Self.mostSlots)), from: .keys) { name, fetched in
      // Others may put there what they like.
      if case .content(let content) = fetched, let name = KeySlotName(name.text),
        let slot = try? KeySlot(reading: content, named: name), slot.remote == encryption.remote
      {
        slots.append(slot)
      }
      return true
    }
    guard let key = try environment.unlock(encryption, slots) else {
      throw slots.isEmpty ? SyncError.noKeys : SyncError.locked
    }
    guard !options.isDryRun else { return key }
    for slot in slots { try store.pin(record, slot: slot.name.text, content: slot.bytes) }
    return key
  }

  /// Makes the place a remote, or again what it was.
  func create(on remote: any Remote) throws {
    let settings = record.settings ?? RemoteSettings.plain.bytes
    let isEncrypted = try RemoteSettings(reading: settings).encryption != nil
    // Without its keys nobody could open it again.
    guard !isEncrypted || record.secret != nil else { throw SyncError.locked }
    let there = try remote.create(
      settings: settings, folders: isEncrypted ? [.bundles, .keys] : [.bundles])
    report.isNew = there == settings
    guard record.settings == nil || there == settings else { throw SyncError.otherSettings }
    try publishSlots(on: remote)
  }

  /// Publishes one more key slot; false if the remote has yet to be made.
  package func publish(_ slot: KeySlot) throws -> Bool {
    try persist {
      let remote = try connect().remote
      defer { remote.close() }
      let survey = try remote.survey(drafting: [])
      guard try meet(survey, remote) != nil else { return false }
      guard let name = RemoteName(slot.name.text) else { return false }
      var isThere = false
      try remote.publish([Upload(name) { slot.bytes }], in: .keys) { isThere = $1 != .differs }
      // The same as a server that fails; it will be there the next time, too.
      guard isThere else {
        throw SyncError.remote(
          .failed(name.text, reason: "another file is there"), nil, attempts: 1)
      }
      return true
    }
  }

  /// Publishes the key slots that are known here.
  ///
  /// Whoever made the remote may have been cut off before.
  func publishSlots(on remote: any Remote) throws {
    let uploads = try store.slots(of: record).compactMap { slot in
      RemoteName(slot.name).map { name in Upload(name) { slot.content } }
    }
    if !uploads.isEmpty { try remote.publish(uploads, in: .keys) { _, _ in } }
  }
}
