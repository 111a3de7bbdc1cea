/// What a remote looks like at the start.
package struct Survey: Equatable, Sendable {
  /// What `tasks-remote.json` says; nil if there is none, as in an empty folder or where no disk is mounted.
  package var settings: [UInt8]?
  /// What `bundles/` holds; nil if there is no such folder.
  package var bundles: Listing?
  /// The server's clock in seconds since 1970, where a draft was written: the time that it got there.
  package var clock: Int64?

  package init(settings: [UInt8]?, bundles: Listing?, clock: Int64? = nil) {
    self.settings = settings
    self.bundles = bundles
    self.clock = clock
  }
}
