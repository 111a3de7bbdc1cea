import TasksProgram

/// A number of things as a person writes it.
struct Count {
  let value: Int

  init(word: String) throws(Failure) {
    guard let value = Int(word), value > 0, value <= 1_000_000_000 else {
      throw .usage("'\(word)' is not a whole number from 1 on")
    }
    self.value = value
  }
}
