import TasksExchange
import TasksModel

/// Why something could not be imported, in words.
enum RefusalText {
  static func text(of refusal: RefusedRecord) -> String {
    switch refusal {
    case .notAnObject: "not a task: a JSON object is expected"
    case .notJSON(let kind): "not JSON: \(text(of: kind))"
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

  static func text(of kind: JSONError.Kind) -> String {
    switch kind {
    case .unexpectedEnd: "it ends too early"
    case .unexpectedByte(let byte) where (0x21..<0x7F).contains(byte):
      "'\(Character(Unicode.Scalar(byte)))' is not expected there"
    case .unexpectedByte: "something is not expected there"
    case .trailingContent: "something follows its end"
    case .duplicateKey(let key): "'\(key)' stands in it twice"
    case .invalidUTF8: "it is not valid UTF-8"
    case .loneSurrogate: "it has half of a character (a lone surrogate)"
    case .nullCharacter: "it has a character U+0000"
    case .controlCharacter: "it has a control character that is not escaped"
    case .badEscape: "it has an escape that JSON does not know"
    case .badNumber: "it has a number that is none"
    case .tooDeep(let limit): "it is nested more than \(limit) deep"
    case .tooLarge(let limit): "it is longer than \(limit >> 10) KiB"
    }
  }
}
