import TasksModel
import Testing

/// The ids of tasks that a client named itself.
@Suite struct TaskIDNamesTests {
  /// What Python's `uuid.uuid5` says: other programs must be able to work it out, too.
  @Test(arguments: [
    ("phone", "offline-task-1", "699ea3e0-fc89-54ab-98b0-b5ba6fe913ec"),
    ("", "x", "70fda7a5-a0d8-529e-b6af-50d46983e1f1"),
    ("tablet", String(repeating: "ä", count: 100), "ff40f3e5-6533-5290-a6f6-f5e9949313f7"),
    ("a", String(repeating: "b", count: 55), "c6f3f38a-abe1-5ade-95f4-2999e4f600eb"),
    ("a", String(repeating: "b", count: 61), "da8a25af-74e2-5a3e-817a-2a683f2ad0a5"),
  ])
  func aClientsNameIsOneIdEverywhere(client: String, name: String, id: String) {
    #expect(TaskID(client: client, name: name).text == id)
  }

  @Test func whereTheClientsNameEndsMatters() {
    #expect(TaskID(client: "a", name: "bc") != TaskID(client: "ab", name: "c"))
  }
}
