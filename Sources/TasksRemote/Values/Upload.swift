/// A file to be published.
package struct Upload {
  package let name: RemoteName
  /// Reads the content, at most `RemoteLimits.fileSize`; nil if it cannot be read, which ends publishing.
  ///
  /// It is asked for when it is to be sent, so that not all are in memory at once, and perhaps again, to compare it with
  /// what is there already.
  package let content: () -> [UInt8]?

  package init(_ name: RemoteName, content: @escaping () -> [UInt8]?) {
    self.name = name
    self.content = content
  }
}

/// What became of a file to be published.
package enum Publication: Equatable, Sendable {
  /// It is there now.
  case published
  /// Somebody else had published the same.
  case wasThere
  /// Something else is there under the name: damaged, or not yet whole. It was left as it is.
  case differs
}
