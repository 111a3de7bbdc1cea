/// What a folder of a remote held when it was read, which need not have been one moment.
package struct Listing: Equatable, Sendable {
  /// The files with names that we may use, each once, in the order of the names.
  package var files: [RemoteEntry]
  /// Files that somebody is writing, or was.
  package var drafts: [RemoteEntry]
  /// How many others there are: copies after a conflict, `desktop.ini`, folders, links.
  package var strangers: Int

  package init(files: [RemoteEntry] = [], drafts: [RemoteEntry] = [], strangers: Int = 0) {
    self.files = files
    self.drafts = drafts
    self.strangers = strangers
  }

  /// Takes an entry in as what it is.
  mutating func add(_ entry: RemoteEntry) {
    if entry.name.isDraft {
      drafts.append(entry)
    } else if entry.name.text.utf8.first == UInt8(ascii: ".") {
      strangers += 1
    } else {
      files.append(entry)
    }
  }

  /// Puts the names in order; a server may have told one twice.
  mutating func settle() {
    files = Self.settled(files)
    drafts = Self.settled(drafts)
  }

  private static func settled(_ entries: [RemoteEntry]) -> [RemoteEntry] {
    var last: RemoteName?
    return entries.sorted { $0.name < $1.name }.filter { entry in
      defer { last = entry.name }
      return entry.name != last
    }
  }
}

/// A file in a listing.
package struct RemoteEntry: Equatable, Sendable {
  package let name: RemoteName
  /// How many bytes it holds, where the listing says so.
  package let size: Int?
  /// When it was last written, by the server's clock, in seconds since 1970.
  package let modified: Int64?

  package init(_ name: RemoteName, size: Int? = nil, modified: Int64? = nil) {
    self.name = name
    self.size = size
    self.modified = modified
  }
}
