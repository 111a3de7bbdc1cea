package import TasksModel

extension Store {
  /// The value of a setting; nil if it was never given.
  package func setting(_ key: String) throws(StoreError) -> String? {
    try connection.first("SELECT value FROM settings WHERE key = ?", .text(key)) { $0.text(0) }
  }

  /// All settings in the order of their names.
  package func settings() throws(StoreError) -> [(key: String, value: String)] {
    try connection.all("SELECT key, value FROM settings ORDER BY key") { ($0.text(0), $0.text(1)) }
  }

  /// Gives a setting a value, or takes it away if that is nil.
  package func set(_ key: String, to value: String?) throws(StoreError) {
    if let value {
      try connection.set(key, to: value)
    } else {
      try connection.run("DELETE FROM settings WHERE key = ?", .text(key))
    }
    hasEdited = true
  }
}

extension Store {
  /// The id of this device.
  package var ownDevice: DeviceID {
    get throws(StoreError) { try connection.ownDevice() }
  }

  /// This device: its id, and its name or the one given.
  package func device(named name: String) throws(StoreError) -> (id: String, name: String) {
    (try setting("device.id") ?? "", try setting("device.name") ?? name)
  }
}

extension Connection {
  func set(_ key: String, to value: String) throws(StoreError) {
    try run(
      "INSERT INTO settings VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
      .text(key), .text(value))
  }

  /// The id of this device.
  func ownDevice() throws(StoreError) -> DeviceID {
    let text = try first(
      "SELECT value FROM settings WHERE key = 'device.id'", read: { $0.text(0) })
    guard let own = text.flatMap(DeviceID.init) else {
      throw .damaged(path: path, detail: "it does not say which device it is")
    }
    return own
  }
}
