/// Who looks at a trial; each must be able to find fault without the others.
enum Judge: CaseIterable {
  /// Works out what a device must show from what it holds.
  case oracle
  /// Remembers what the authors could see, and asks on devices that hold everything where each write has gone.
  case record
  /// Compares devices that hold the same.
  case equals
  /// Looks at every edit: does it take effect at once, and is what is sealed what was done.
  case author
}
