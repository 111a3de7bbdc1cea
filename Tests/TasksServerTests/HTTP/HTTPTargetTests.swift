import TasksServer
import Testing

@Suite struct HTTPTargetTests {
  @Test(arguments: [
    ("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("//", ["", ""]),
    ("/a%2Fb/%C3%A4+", ["a/b", "ä+"]),
    ("/%25zz", ["%zz"]), ("http://HOST/a", ["a"]), ("http://host", []),
  ])
  func theParts(_ raw: String, _ segments: [String]) {
    #expect(HTTPTarget(raw, host: "host")?.segments == segments)
  }

  @Test func theQueryKeepsItsOrder() throws {
    let target = try #require(HTTPTarget("/x?b=1&a=2&b=%3D%26&&c"))
    #expect(
      target.query == [
        HTTPField("b", "1"), HTTPField("a", "2"), HTTPField("b", "=&"), HTTPField("c", ""),
      ])
    #expect(target.query("b") == "1")
    #expect(target.query("d") == nil)
    #expect(target.rawPath == "/x")
  }

  @Test func onlyOptionsAreAskedOfTheServerItself() {
    #expect(HTTPTarget("*", method: "OPTIONS")?.segments == [])
    #expect(HTTPTarget("*", method: "GET") == nil)
  }

  @Test func namesOfFieldsHaveNoCase() {
    let fields = HTTPFields([
      HTTPField("Accept", "a"), HTTPField("ACCEPT", "b"), HTTPField("X", "c"),
    ])
    #expect(fields["accept"] == "a")
    #expect(fields.values("Accept") == ["a", "b"])
    #expect(fields["Accep"] == nil)
  }
}
