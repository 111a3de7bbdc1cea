import TasksModel
import TasksStore

/// Where a page begins, as text that a client sends back.
enum Cursor {
  static func text(_ place: PagePlace, of order: [SortKey]) -> String {
    let values = place.values?.map { value -> JSON in
      switch value {
      case .integer(let number): .integer(number)
      case .text(let text): .string(text)
      case .null, .blob: .null
      }
    }
    let bytes = bytes(place.key, order, values)
    // A long title is looked up when the page is asked for.
    return Base64URL.text(
      of: bytes.count <= longest ? bytes : self.bytes(place.key, order, nil))
  }

  private static func bytes(_ key: Int64, _ order: [SortKey], _ values: [JSON]?) -> [UInt8] {
    let document: JSON = [
      "key": .integer(key), "order": .string(name(of: order)),
      "values": values.map(JSON.array) ?? .null,
    ]
    return JSONWriter.bytes(document, style: .canonical)
  }

  /// In base64 that is two thirds of what a cursor may be.
  private static let longest = 1000

  /// Nil if it is none, or one of another order.
  static func place(_ text: String, of order: [SortKey]) -> PagePlace? {
    guard let bytes = Base64URL.bytes(of: text), let document = try? JSONParser.parse(bytes),
      let key = document["key"]?.integerValue, let name = document["order"]?.stringValue,
      UTF8Order.areEqual(name, Self.name(of: order)), let values = document["values"]
    else { return nil }
    if values.isNull { return PagePlace(values: nil, key: key) }
    guard let values = values.arrayValue, values.count == order.count else { return nil }
    var found: [SQLValue] = []
    for value in values {
      switch value {
      case .null: found.append(.null)
      case .integer(let number): found.append(.integer(number))
      case .string(let text): found.append(.text(text))
      default: return nil
      }
    }
    return PagePlace(values: found, key: key)
  }

  private static func name(of order: [SortKey]) -> String {
    order.map { ($0.descending ? "-" : "") + $0.field.rawValue }.joined(separator: ",")
  }
}
