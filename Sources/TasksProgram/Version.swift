/// The version of all our programs.
package enum Version {
  package static let number = "0.1.0"
  /// Its day, for the manual pages.
  package static let released = "2026-11-21"
}
