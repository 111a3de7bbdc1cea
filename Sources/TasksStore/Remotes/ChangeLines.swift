import TasksFormat
import TasksModel

/// Reads changes out of the bundles that they are in; quickly if they are asked for in the order of the file.
final class ChangeLines {
  private let store: Store
  private var open: OpenBundle?

  init(_ store: Store) { self.store = store }

  /// The change as it was sealed.
  func change(_ held: HeldChange) throws -> SealedChange {
    // While nobody looked, gc may have put the change into another bundle and removed the file.
    if let bundle = try store.bundle(ofChange: held.key), let found = try? find(held.id, in: bundle)
    {
      return found
    }
    open = nil
    guard let bundle = try store.bundle(ofChange: held.key),
      let found = try find(held.id, in: bundle)
    else {
      throw StoreError.damaged(
        path: store.connection.path, detail: "change \(held.id.short) is not where it should be")
    }
    return found
  }

  private func find(_ id: ChangeID, in bundle: StoredBundle) throws -> SealedChange? {
    if open?.key != bundle.key { open = nil }
    for _ in 1...2 {
      if open == nil {
        let bytes = try store.neededBytes(of: bundle)
        open = OpenBundle(
          key: bundle.key, changes: try BundleChanges(bytes, hash: bundle.digest.text))
      }
      while let change = try open?.changes.next() {
        if change.id == id { return change }
      }
      // It may have stood before where we were.
      open = nil
    }
    return nil
  }
}

/// A bundle that is being read.
private final class OpenBundle {
  let key: Int64
  var changes: BundleChanges

  init(key: Int64, changes: consuming BundleChanges) {
    self.key = key
    self.changes = changes
  }
}
