internal import CLinux

/// The memory of this process.
package enum Memory {
  /// Has large pieces go back to the system when they are freed, from now on.
  ///
  /// By itself the C library takes every large piece that is freed for a sign that there will be more, and keeps what is
  /// freed, up to 32 MB a piece: holes that small ones soon divide.
  package static func returnLargePieces() { tasks_return_pieces(256 << 10) }
}
