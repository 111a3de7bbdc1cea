import Glibc
import TasksFiles
import TasksModel

/// A question on the terminal that wants a yes or a no.
enum Question {
  static func ask(_ text: String, defaultsTo answer: Bool) -> Bool {
    try? Descriptor.write(
      Array(text.utf8).span.bytes, to: STDERR_FILENO, path: "standard error")
    guard let line = readLine(strippingNewline: true) else { return false }
    switch line.trimmingWhitespace().lowercased() {
    case "": return answer
    case "y", "yes": return true
    default: return false
    }
  }
}
