package import TasksModel

/// A store that became a device of its own, because it was copied or restored from a backup.
package struct NewIdentity: Sendable {
  package let before: DeviceID
  package let after: DeviceID
}

extension Store {
  /// Makes sure that nobody else seals changes as this device; takes a new id if somebody might.
  ///
  /// Runs inside an editing transaction.
  func confirmIdentity(_ merger: Merger) throws -> NewIdentity? {
    guard let directory else { return nil }
    let device = try merger.ownDevice()
    let remembered = try rememberedIdentity()
    let last = try lastSequence(of: device)
    if let remembered {
      if try Identity.here(directory) == remembered {
        let noted = try Identity.noted(in: directory)
        if noted == nil || noted?.device == device && noted?.last ?? 0 <= last { return nil }
      }
      return try takeNewIdentity(merger)
    }
    try Identity.make(in: directory, device: device, last: last)
    try rememberIdentity()
    return nil
  }

  /// Gives the store an id that no other has.
  ///
  /// What was sealed under the old one stays that device's. Runs inside an editing transaction.
  func takeNewIdentity(_ merger: Merger) throws -> NewIdentity {
    let before = try merger.ownDevice()
    let after = DeviceID.random()
    try connection.run(
      """
      INSERT INTO devices (id, name, last, is_own) VALUES (?, '', 0, 1)
      ON CONFLICT (id) DO UPDATE SET is_own = 1
      """, .text(before.text))
    try connection.set("device.id", to: after.text)
    merger.forgetDevice()
    if let directory {
      try Identity.make(in: directory, device: after, last: 0)
      try rememberIdentity()
    }
    // What is not sealed yet is now written by another device, which conflicts are named by.
    let open = try connection.all(
      "SELECT task, field FROM conflicts WHERE ended_at IS NULL",
      read: { (task: $0.integer(0), field: Field($0.text(1))) })
    for conflict in open { try merger.touch(conflict.field, of: conflict.task) }
    try merger.flush()
    try settleTies(merger)
    return NewIdentity(before: before, after: after)
  }

  func lastSequence(of device: DeviceID) throws(StoreError) -> Int {
    try connection.first(
      "SELECT last FROM devices WHERE id = ?", .text(device.text), read: { Int($0.integer(0)) })
      ?? 0
  }

  private func rememberedIdentity() throws(StoreError) -> Identity? {
    guard let file = try setting("identity.file"), let machine = try setting("identity.machine")
    else { return nil }
    return Identity(file: file, machine: machine)
  }

  private func rememberIdentity() throws {
    guard let directory else { return }
    try connection.rememberIdentity(in: directory)
  }
}

extension Connection {
  /// Remembers which file tells the store in the folder from its copies.
  func rememberIdentity(in directory: String) throws {
    guard let here = try Identity.here(directory) else { return }
    try set("identity.file", to: here.file)
    try set("identity.machine", to: here.machine)
  }
}
