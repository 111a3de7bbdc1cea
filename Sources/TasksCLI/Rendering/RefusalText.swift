import TasksExchange
import TasksModel
import TasksProgram

/// Why something could not be imported, in words.
enum RefusalText {
  static func text(of refusal: RefusedRecord) -> String {
    switch refusal {
    case .notAnObject: "not a task: a JSON object is expected"
    case .notJSON(let kind): "not JSON: \(kind.reason)"
    case .noID: "it has no valid uuid"
    case .missing(let key): "it has no \(key)"
    case .unexpected(let key): "\(key) is not of the kind expected"
    case .notATime(let key, let text): "\(key) is no time: \(text)"
    case .notText: "it is not valid UTF-8, or has a character U+0000"
    case .tooLong(let limit): "it is longer than \(limit >> 10) KiB"
    case .openQuote: "a quotation mark has no partner"
    case .tooManyCells: "it has more cells than there are columns"
    case .notAProperty(let text): "its line is no NAME:value: \(text)"
    case .unfinished: "it does not end"
    }
  }
}
