package import TasksFiles
package import TasksModel

/// Why a change or a bundle could not be read or written.
package enum FormatError: Error, Equatable, Sendable {
  /// A line breaks a rule, `offset` bytes after its start.
  ///
  /// `number` counts the lines of a bundle from 1, which is its header; nil for a line that stands alone.
  case line(LineFault, number: Int?, offset: Int)
  case bundle(BundleFault)
  /// The bundle is of a version that only a newer program reads. It is not damaged.
  case newerBundle(version: Int64)
  case file(FileError)
  /// The system had no memory for the compression library.
  case noMemory

  /// Whether the bytes are wrong, and would be wrong wherever they are read.
  package var isDamage: Bool {
    switch self {
    case .line, .bundle: true
    case .newerBundle, .file, .noMemory: false
    }
  }
}

/// What is wrong with a line.
package enum LineFault: Equatable, Sendable {
  case json(JSONError.Kind)
  case notAnObject
  case tooLong(limit: Int)
  /// A line feed inside a line that shall be written.
  case lineFeed
  /// The last line has no line feed, so it may have been cut off.
  case noLineFeed
  /// A member that must be there is not: `seq`, `ops[3].task`.
  case missing(String)
  /// A member is not of the type, or not of the form, that it must have.
  case wrongType(String)
  /// A number is outside its range.
  case outOfRange(String)
  /// `ops[n].over` names an operation of the same change that does not stand before it.
  case namesLaterOperation(String, Dot)
  case tooManyOperations(limit: Int)
  /// `prev` is null in a change that is not its device's first, or names one in the first.
  case previousAgainstSequence
  /// A change of a later version, which this program passes on but cannot write.
  case notOurVersion(Int)
  /// The line is not the one that it was said to be.
  case otherIdentifier(ChangeID)
  /// A bundle's header that says of devices what its lines do not: at which place in the list.
  case headerDisagrees(DeviceID)
  /// A change of a device that the header does not list.
  case unlistedDevice(DeviceID)
  /// The header's devices are not in ascending order, or one is listed twice.
  case unorderedDevices
}

/// What is wrong with a bundle as a file, before its lines are looked at.
package enum BundleFault: Equatable, Sendable {
  case empty
  case tooLarge(limit: Int)
  /// The file is not the one that its name states.
  case wrongHash(expected: String, found: Digest)
  case notZstd
  /// A frame that the format does not allow: its header's flags.
  case dictionary, noChecksum, skippableFrame, reservedBit
  case windowTooLarge(UInt64)
  case contentTooLarge(limit: Int)
  /// The file ends inside its frame.
  case truncated
  /// The frame ends before the file does.
  case trailingBytes(offset: Int)
  /// The compression library's name for what it found.
  case corrupt(String, offset: Int)
  case noHeader
  case noChanges
}
