/// How a device broke the law.
package struct Violation: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// Throws unless the condition holds.
  package static func unless(
    _ condition: Bool, _ description: @autoclosure () -> String
  ) throws(Violation) {
    if !condition { throw Violation(description()) }
  }
}
