import TestSupport
/// Damage to a line of JSON: small, and of the kinds that find the places where two readers could disagree.
enum Mutation {
  /// What is put in or put in place of something.
  private static let pieces: [String] = [
    #""a\u0074":1,"#, #""at":5,"#, #""note":null,"#, #""x":{"y":[1,{"z":"\ud83d\ude00"}]},"#,
    "null", "true", "-1",
    "-0", "0", "1.0", "1e3", "253402300799999", "253402300800000", "9223372036854775808",
    "999999999999", "1000000000000", "01", #""""#, #""\u0000""#, #""\ud800""#, #""\udc00\ud800""#,
    #"":0""#,
    #"":1""#, #"":00""#, #""3f2a9c1e7b00aa11:12""#, #""3f2a9c1e7b00aa11:10000""#, "[]", "{}", "[",
    "]", "{", "}",
    ",", ":", "\"", "\\", " ", "\t", "\n", "\u{7f}", "é", "\u{0}", #""v":2,"#, #""v":1"#,
    #""kind":"archive","#,
    #""set":{},"#, #""clock":1,"#, #""seq":1,"#, #""prev":null,"#, #""device":"0000000000000000","#,
    #"{"at":1,"kind":"delete","over":[],"set":{},"task":"00000000-0000-4000-8000-000000000000"}"#,
  ]

  static func mutate(_ line: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var line = line
    for _ in 0..<Int.random(in: 1...2, using: &generator) where !line.isEmpty {
      let place = Int.random(in: 0..<line.count, using: &generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: line[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: line[place] = UInt8.random(in: .min ... .max, using: &generator)
      case 2: line.remove(at: place)
      case 3: line.removeSubrange(place..<min(line.count, place + 20))
      case 4:
        let start = Int.random(in: 0..<line.count, using: &generator)
        line.insert(contentsOf: Array(line[start..<min(line.count, start + 40)]), at: place)
      case 5: replaceValue(in: &line, near: place, using: &generator)
      default:
        // Behind a byte that ends something, where more of JSON can stand.
        let ends = line.indices.filter { #"{[,:"#.utf8.contains(line[$0]) }
        line.insert(
          contentsOf: piece(using: &generator),
          at: (ends.randomElement(using: &generator) ?? place - 1) + 1)
      }
    }
    return line
  }

  /// Puts something else between a colon and what ends the value.
  private static func replaceValue(
    in line: inout [UInt8], near place: Int, using generator: inout SeededGenerator
  ) {
    guard let colon = line[place...].firstIndex(of: UInt8(ascii: ":")) else { return }
    let rest = line[(colon + 1)...]
    let end = rest.firstIndex { ",}]".utf8.contains($0) } ?? line.count
    line.replaceSubrange((colon + 1)..<end, with: piece(using: &generator))
  }

  private static func piece(using generator: inout SeededGenerator) -> [UInt8] {
    Array((pieces.randomElement(using: &generator) ?? "").utf8)
  }
}
