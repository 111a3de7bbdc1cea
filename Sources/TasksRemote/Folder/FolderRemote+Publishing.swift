import Glibc
import TasksFiles

/// A file written under another name, and on the disk.
struct FolderDraft {
  let upload: RemoteName
  let part: String
  /// The number of bytes in it, for comparing with what has its name already.
  let content: [UInt8]
  /// When it was written, by the clock of whoever keeps the disk.
  let time: Int64
}

extension FolderRemote {
  /// How many files are renamed before the folder is synced and they are told.
  private static let atOnce = RemoteLimits.drafts

  package func publish(
    _ uploads: [Upload], in folder: RemoteFolder, each: (RemoteName, Publication) -> Void
  ) throws(RemoteError) {
    let isWanted = folder == .bundles && uploads.contains { $0.name == begun?.upload }
    if !isWanted { try discardBegun() }
    guard !uploads.isEmpty else { return }
    let opened = try self.folder(folder)
    var rest = uploads[...]
    while !rest.isEmpty {
      var done: [(RemoteName, Publication)] = []
      var failure: RemoteError?
      for upload in rest.prefix(Self.atOnce) {
        do throws(RemoteError) {
          done.append((upload.name, try publish(upload, in: opened)))
        } catch {
          failure = error
          break
        }
      }
      if !done.isEmpty { try opened.sync() }
      for (name, publication) in done { each(name, publication) }
      if let failure {
        try? discardBegun()
        throw failure
      }
      rest = rest.dropFirst(Self.atOnce)
    }
  }

  private func publish(
    _ upload: Upload, in folder: OpenFolder
  ) throws(RemoteError) -> Publication {
    let draft: FolderDraft
    if let begun, begun.upload == upload.name {
      self.begun = nil
      draft = begun
    } else {
      draft = try self.draft(upload, in: folder)
    }
    do throws(RemoteError) {
      if try folder.rename(draft.part, to: upload.name.text) { return .published }
      _ = try folder.remove(draft.part)
    } catch {
      _ = try? folder.remove(draft.part)
      throw error
    }
    let there = try read(upload.name.text, in: folder, limit: draft.content.count)
    return there == draft.content ? .wasThere : .differs
  }

  /// Writes a draft that is on the disk when this returns, or leaves none.
  func draft(_ upload: Upload, in folder: OpenFolder) throws(RemoteError) -> FolderDraft {
    guard let content = upload.content() else { throw .unreadable(upload.name) }
    let part = RemoteName.draft(of: owner)
    do throws(RemoteError) {
      let file = try folder.creating(part)
      try file.write(content)
      traffic.sent += content.count
      let time = try folder.information(on: part)?.modified
      return FolderDraft(upload: upload.name, part: part, content: content, time: time ?? 0)
    } catch {
      _ = try? folder.remove(part)
      throw error
    }
  }

  func discardBegun() throws(RemoteError) {
    guard let begun else { return }
    self.begun = nil
    _ = try folder(.bundles).remove(begun.part)
  }
}

extension stat {
  var isPlainFile: Bool { st_mode & S_IFMT == S_IFREG }
  var size: Int { Int(st_size) }
  /// In seconds since 1970.
  var modified: Int64 { Int64(st_mtim.tv_sec) }
}
