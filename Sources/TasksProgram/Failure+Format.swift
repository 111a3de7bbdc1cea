import TasksFiles
package import TasksFormat
import TasksModel
import TasksText

extension Failure {
  /// What is wrong with a bundle whose name the person does not know.
  package init(_ error: FormatError) {
    switch error {
    case .file(let error): self.init(describing: error)
    case .newerBundle:
      self.init(
        error.reason, hint: "install the newer version; nothing was changed", status: .incomplete)
    case .noMemory: self.init(error.reason, status: .failed)
    case .line, .bundle: self.init("a bundle is damaged: \(error.reason)", status: .damaged)
    }
  }

  /// What is wrong with a bundle file.
  package init(_ error: FormatError, of path: String) {
    switch error {
    case .file(let error): self.init(describing: error)
    case .newerBundle:
      self.init(
        "\(path) \(error.reason)", hint: "install the newer version; nothing was changed",
        status: .incomplete)
    case .noMemory: self.init("cannot read \(path): \(error.reason)", status: .failed)
    case .bundle(.notZstd), .bundle(.noHeader):
      self.init("\(path) is not a bundle of changes", status: .damaged)
    case .bundle(.empty):
      self.init(
        "\(path) is empty", hint: "perhaps it was not copied to its end; copy it again",
        status: .damaged)
    case .bundle(.truncated):
      self.init(
        "\(path) is cut off", hint: "perhaps it was not copied to its end; copy it again",
        status: .damaged)
    case .line, .bundle:
      self.init(
        "\(path) is damaged: \(error.reason)",
        hint: "get it again from where it came; nothing of it was used", status: .damaged)
    }
  }
}

extension FormatError {
  /// What is wrong, for people.
  package var reason: String {
    switch self {
    case .file(let error): error.reason
    case .noMemory: "there is not enough memory"
    case .newerBundle(let version): "was written by a newer version of tasks (format \(version))"
    case .bundle(let fault): fault.reason
    case .line(let fault, let number, let offset):
      fault.reason + (number.map { " (line \($0), byte \(offset))" } ?? "")
    }
  }
}

extension BundleFault {
  fileprivate var reason: String {
    switch self {
    case .empty: "it is empty"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .wrongHash: "its content is not what its name says"
    case .notZstd: "it is not compressed with zstd"
    case .dictionary, .noChecksum, .skippableFrame, .reservedBit: "its frame is of another kind"
    case .windowTooLarge: "it would need too much memory"
    case .contentTooLarge(let limit): "it comes to more than \(limit) bytes"
    case .truncated: "it is cut off"
    case .trailingBytes: "there is something behind its end"
    case .corrupt(let detail, _): "it cannot be decompressed (\(detail))"
    case .noHeader: "it has no header"
    case .noChanges: "it has no changes"
    }
  }
}

extension LineFault {
  fileprivate var reason: String {
    switch self {
    case .json: "a line is no JSON as changes have it"
    case .notAnObject: "a line is no object"
    case .tooLong(let limit): "a line is longer than \(limit) bytes"
    case .lineFeed: "a line has a line feed inside"
    case .noLineFeed: "its last line is cut off"
    case .missing(let member): "\(visible(member)) is missing"
    case .wrongType(let member): "\(visible(member)) is of the wrong kind"
    case .outOfRange(let member): "\(visible(member)) is out of range"
    case .namesLaterOperation(let member, _): "\(visible(member)) names a later operation"
    case .tooManyOperations(let limit): "a change has more than \(limit) operations"
    case .previousAgainstSequence: "prev and seq of a change disagree"
    case .notOurVersion(let version): "a change is of version \(version)"
    case .otherIdentifier: "a change is not the one it was said to be"
    case .headerDisagrees(let device): "its header is wrong about device \(device.text)"
    case .unlistedDevice(let device): "its header does not list device \(device.text)"
    case .unorderedDevices: "its header does not list devices in order"
    }
  }
}
