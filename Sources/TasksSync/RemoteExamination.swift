/// What a look at everything on a remote found.
package struct RemoteExamination: Sendable {
  package var bundles = 0
  package var changes = 0
  package var bytes = 0
  /// How many of the bundles are not held here.
  package var unheld = 0
  /// How many bundles the remote lacks, of what is held here.
  package var lacking = 0
  package var bad: [SyncReport.Skipped] = []
  /// Files that are being written, or were when somebody was cut off.
  package var drafts = 0
  /// Files that are none of ours.
  package var strangers = 0
}
