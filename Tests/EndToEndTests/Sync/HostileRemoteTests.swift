import Foundation
import Testing

/// What may lie in a remote beside our own files, or in their place.
@Suite struct HostileRemoteTests {
  private func junk(_ meeting: Meeting) throws {
    try meeting.laptop.shell(
      """
      cd "$1" && own=$(ls | head -1) && tip=bbbbbbbbbbbbbbbb-cccccccccccccccccccccccccccccccc.tasks
      touch $(seq -f 'junk%g' 3000) desktop.ini .stfolder $'evil\\nname.tasks' $'\\xff\\xfe.tasks'
      ln -s /etc/passwd aaaaaaaaaaaaaaaa-1-1-$tip
      mkdir bbbbbbbbbbbbbbbb-1-1-$tip
      mkfifo cccccccccccccccc-1-1-$tip
      touch dddddddddddddddd-1-99999999999999999999-$tip eeeeeeeeeeeeeeee-2-1-$tip
      cp $own "$own (conflicted copy).tasks"; cp $own ${own^^}
      """, meeting.bundles
    ).succeeded()
  }

  @Test(arguments: Meeting.Way.all)
  func whatIsNotOursIsLeftAlone(way: Meeting.Way) throws {
    let meeting = try Meeting(over: way)
    try meeting.begin()
    try junk(meeting)
    let before = try meeting.everything().keys.sorted()
    for machine in [meeting.laptop, meeting.desk] {
      #expect(
        try machine.run("sync").succeeded().output == "Nothing new on origin. Nothing to send.\n")
    }
    let third = try Machine()
    try third.run("clone", meeting.address).succeeded()
    #expect(try third.titles() == ["Buy milk"])
    let found = try third.object("fsck", "--remote", "origin")
    #expect(found["bundles"] as? Int == 1 && found["strangers"] as? Int ?? 0 > 3000)
    #expect(try meeting.everything().keys.sorted() == before)
  }

  @Test(arguments: Meeting.Way.all)
  func aHalfCopiedFileIsLeftForLaterAndTheRestGoesOn(way: Meeting.Way) throws {
    let meeting = try Meeting(over: way)
    try meeting.begin()
    try meeting.laptop.run("add", "cut off").succeeded()
    try meeting.laptop.run("sync").succeeded()
    let name = try #require(try meeting.files().first { $0.contains("-2-2-") })
    let path = "\(meeting.bundles)/\(name)"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.prefix(100).write(to: URL(fileURLWithPath: path))
    let third = try Machine()
    let clone = try third.run("clone", meeting.address)
    #expect(clone.status == 3 && clone.output.hasPrefix("Received 1 change"), "\(clone)")
    #expect(clone.errors == "origin: \(name) is not whole yet, and was left for later.\n")
    let found = try third.run("fsck", "--remote", "origin")
    #expect(found.status == 14 && found.output.contains("\(name) is not whole yet"))
    try whole.write(to: URL(fileURLWithPath: path))
    try third.run("sync").succeeded()
    #expect(try third.titles() == ["Buy milk", "cut off"])
    #expect(
      try third.run("fsck", "--remote", "origin").succeeded().output.hasSuffix(
        "All of it is whole.\n"))
  }

  @Test func whatStaysHalfCopiedIsPutAsideAndSentAgain() throws {
    let meeting = try Meeting()
    try meeting.begin()
    let name = try meeting.files()[0]
    try meeting.laptop.shell("truncate -s -9 \"$1\"", "\(meeting.bundles)/\(name)").succeeded()
    let third = try Machine()
    try third.run("remote", "add", meeting.folder).succeeded()
    #expect(try third.run("pull", with: TwoDesks.clock(at: "2026-01-01 10:00:00")).status == 3)
    let later = try third.run("pull", with: TwoDesks.clock(at: "2026-01-01 10:11:00"))
    #expect(later.errors.contains("\(name) is damaged and was renamed"), "\(later)")
    #expect(try meeting.files() == [])
    let again = try meeting.laptop.run("sync").succeeded()
    #expect(again.errors == "origin no longer lists laptop 1: sent again.\n")
    try third.run("pull").succeeded()
    #expect(try third.titles() == ["Buy milk"])
  }

  @Test func aFileOfAnotherDeviceThatIsForgedIsRefused() throws {
    let meeting = try Meeting()
    try meeting.begin()
    // A bundle under a name that says something else.
    let name = try meeting.files()[0]
    let other = name.replacing(/^[0-9a-f]{16}-1-1/, with: "0123456789abcdef-5-5")
    try meeting.laptop.shell(
      "cp \"$1\" \"$2\"", "\(meeting.bundles)/\(name)", "\(meeting.bundles)/\(other)"
    )
    .succeeded()
    let outcome = try meeting.desk.run("sync")
    #expect(outcome.status == 3 && outcome.errors.contains(other), "\(outcome)")
    #expect(try meeting.desk.titles() == ["Buy milk"])
    try meeting.desk.run("fsck").succeeded()
  }
}
