/// A task's place in this store: quick to look up, and meaningless anywhere else.
package struct TaskKey: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) { self.rawValue = rawValue }
}
