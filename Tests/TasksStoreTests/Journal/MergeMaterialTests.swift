import TasksModel
import Testing

@testable import TasksStore

/// What a merge by hand starts from, and what it replaces.
@Suite struct MergeMaterialTests {
  private func write(_ text: String, on desk: Desk) throws {
    desk.pass()
    try desk.update(try #require(try desk.only())) { try $0.setDescription(text) }
  }

  private func material(_ desk: Desk) throws -> MergeMaterial {
    try desk.store.mergeMaterial(idPrefix: try #require(try desk.store.conflicts().first).id)
  }

  @Test func theBaseIsTheLastThatBothHadSeen() throws {
    let pair = try Pair { try $0.setDescription("zero") }
    try write("one", on: pair.laptop)
    try pair.meet()
    // Three steps here and one there: what only one of them had seen is no base.
    for text in ["two", "three", "four"] { try write(text, on: pair.laptop) }
    pair.desk.pass(milliseconds: 9000)
    try write("other", on: pair.desk)
    try pair.meet()
    for desk in [pair.laptop, pair.desk] {
      let material = try material(desk)
      #expect(material.versions.map(\.side.value) == ["other", "four"])
      #expect(material.versions.map(\.base) == [nil, "one"])
    }
  }

  @Test func withoutAnythingInCommonThereIsNoBase() throws {
    let pair = try Pair()
    try write("here", on: pair.laptop)
    try write("there", on: pair.desk)
    try pair.meet()
    #expect(try material(pair.laptop).versions.map(\.base) == [nil, nil])
  }

  @Test func aThirdVersionHasABaseOfItsOwn() throws {
    let pair = try Pair { try $0.setDescription("zero") }
    let phone = try Desk(name: "phone")
    try phone.take(pair.laptop.bundles())
    try write("one", on: pair.laptop)
    try pair.meet()
    try write("laptop", on: pair.laptop)
    pair.desk.pass(milliseconds: 20_000)
    try write("desk", on: pair.desk)
    phone.pass(milliseconds: 9_000)
    try write("phone", on: phone)
    try phone.seal()
    try pair.laptop.take(phone.bundles())
    try pair.desk.take(phone.bundles())
    try pair.meet()
    let versions = try material(pair.laptop).versions
    #expect(versions.map(\.side.value) == ["desk", "phone", "laptop"])
    #expect(versions.map(\.base) == [nil, "zero", "one"])
  }

  @Test func whatComesWhileSomebodyMergesStaysAConflict() throws {
    let pair = try Pair { try $0.setDescription("zero") }
    let phone = try Desk(name: "phone")
    try phone.take(pair.laptop.bundles())
    try write("here", on: pair.laptop)
    try write("there", on: pair.desk)
    try pair.meet()
    let material = try material(pair.laptop)
    phone.pass(milliseconds: 3000)
    try write("phone", on: phone)
    try phone.seal()
    try pair.laptop.take(phone.bundles())
    pair.laptop.pass(milliseconds: 60_000)
    try pair.laptop.store.resolve(
      material, with: "here and there", as: "conflicts merge", at: pair.laptop.now)
    let left = try #require(try pair.laptop.store.conflicts().first)
    #expect(left.winner.value == "here and there")
    #expect(left.losers.map(\.value) == ["phone"])
    try pair.desk.take(phone.bundles())
    try pair.meet()
  }

  @Test func aMergeOfWhatWasResolvedMeanwhileIsNotLost() throws {
    let pair = try Pair { try $0.setDescription("zero") }
    try write("here", on: pair.laptop)
    try write("there", on: pair.desk)
    try pair.meet()
    let material = try material(pair.laptop)
    try pair.desk.choose(material.conflict.id)
    try pair.meet()
    #expect(try pair.laptop.store.conflicts().isEmpty)
    pair.laptop.pass(milliseconds: 60_000)
    try pair.laptop.store.resolve(
      material, with: "both", as: "conflicts merge", at: pair.laptop.now)
    try pair.meet()
    let left = try #require(try pair.desk.store.conflicts().first)
    #expect(left.winner.value == "both")
    #expect(left.losers.count == 1)
  }
}
