import TasksModel

extension Row {
  /// Reads an operation's stamp from four columns: its time, the id of its device, that of its change, and its place.
  ///
  /// The last three are null while it is not sealed; then it is this device's, after all that is.
  func stamp(_ column: Int32, operation: Int64, own: DeviceID) -> Stamp {
    Stamp(
      at: Instant(milliseconds: integer(column)),
      device: optionalText(column + 1).map { DeviceID(trusted: $0) } ?? own,
      change: optionalText(column + 2).map { ChangeID(trusted: $0) },
      index: Int(optionalInteger(column + 3) ?? operation))
  }
}
