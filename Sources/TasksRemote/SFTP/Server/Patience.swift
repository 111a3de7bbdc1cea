/// How long a server may be silent, in milliseconds.
package struct Patience: Equatable, Sendable {
  /// Before it greets us: it may be that a person is asked for a passphrase meanwhile.
  package var greeting: Int
  /// Between its answers, while we wait for one.
  package var answering: Int
  /// Before it is told to end, once all is said.
  ///
  /// A program that writes to a cloud may need it.
  package var ending: Int

  package init(greeting: Int = 120_000, answering: Int = 30_000, ending: Int = 1_000) {
    self.greeting = greeting
    self.answering = answering
    self.ending = ending
  }
}
