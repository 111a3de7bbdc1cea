import Foundation
import TasksFiles
import Testing

@testable import TasksRemote

/// Servers that do what none should: each ends in an error that says what it was, soon, or is passed over.
@Suite struct HostileServerTests {
  private let shelf: Shelf

  init() throws {
    shelf = try Shelf()
    _ = try shelf.made(at: .folder)
    try shelf.put([UInt8](repeating: 1, count: 100_000), as: "bundle-1.tasks")
  }

  private func remote(_ traits: String..., patience: Int = 20_000) -> SFTPRemote {
    SFTPRemote(
      .strange(
        shelf.path, traits, patience: Patience(greeting: patience, answering: patience, ending: 0)))
  }

  @Test(arguments: [
    ("banner", RemoteError.Violation.notSFTP(Array("Welcome to nas!\r\n".utf8))),
    ("version=2", .version(2)),
    ("version=6", .version(6)),
    ("longpacket=4294967295", .packetLength(.max)),
    ("longpacket=262145", .packetLength(262_145)),
    ("longpacket=0", .packetLength(0)),
    ("longhandle", .malformed(type: 102)),
    ("okopen", .malformed(type: 101)),
    ("wrongkind", .malformed(type: 105)),
    ("nonames", .malformed(type: 104)),
    ("liar", .malformed(type: 104)),
    ("endless", .endlessListing),
    ("nodata", .malformed(type: 103)),
    ("toomuch", .malformed(type: 103)),
    ("crumbs", .endlessFile),
  ])
  func whatBreaksTheProtocolEndsTheConnection(
    trait: String, violation: RemoteError.Violation
  ) throws {
    let remote = remote(trait)
    let start = ContinuousClock.now
    let error = failure {
      _ = try remote.survey(drafting: [])
      _ = try remote.fetch([.numbered(1)])
    }
    if case .notSFTP(let beginning) = violation {
      // More of it may have come at once.
      guard case .violation(.notSFTP(let found)) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(found.starts(with: beginning))
    } else {
      #expect(error == .violation(violation))
    }
    #expect(start.duration(to: .now) < .seconds(15))
    // Nothing more is to be had from it.
    #expect(failure { _ = try remote.list(.bundles) } == error)
  }

  @Test func answersToNothingAreRefused() throws {
    for trait in ["wrongid", "twice"] {
      let error = failure { _ = try remote(trait).survey(drafting: []) }
      guard case .violation(.unaskedAnswer) = error else {
        Issue.record("\(trait): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func aFloodOfWordsIsStopped() throws {
    let names = (0..<500).map { RemoteName.numbered($0 + 10) }
    // As they come they can be dealt with.
    try remote("flood").remove(names, from: .bundles)
    #expect(
      failure { try remote("flood", "backwards").remove(names, from: .bundles) }
        == .violation(.flood))
  }

  @Test func silenceEnds() throws {
    for traits in [["silent"], ["mute=1"], ["mute=3"], ["silent", "chatty"], ["babbles"]] {
      let remote = SFTPRemote(
        .strange(
          shelf.path, traits, patience: Patience(greeting: 700, answering: 700, ending: 0)))
      let start = ContinuousClock.now
      #expect(failure { _ = try remote.survey(drafting: []) } == .timedOut(milliseconds: 700))
      let time = start.duration(to: .now)
      #expect(time >= .milliseconds(700) && time < .seconds(5), "\(traits): \(time)")
    }
  }

  @Test func anAnswerThatDribblesInEnds() throws {
    // Each byte comes in time, the whole does not.
    let remote = remote("dribble=0.02", patience: 50)
    #expect(throws: RemoteError.timedOut(milliseconds: 50)) {
      _ = try SFTPClient(
        command: remote.server.command, environment: [:],
        patience: Patience(greeting: 5_000, answering: 50)
      ).greetedAndListed(shelf.path)
    }
  }

  @Test func howTheCommandEndedIsTold() throws {
    #expect(
      throws: RemoteError.ended(
        ServerEnding(
          ending: .exited(255), hadAnswered: false,
          errors: "user@nas: Permission denied (publickey).\n", report: "refused key"))
    ) { try remote("refuses").survey(drafting: []) }
    #expect {
      _ = try remote("chatty", "dies=1").survey(drafting: [])
    } throws: { error in
      guard case .ended(let ending) = error as? RemoteError else { return false }
      return ending.hadAnswered && ending.ending == .exited(3)
        && ending.errors.utf8.count <= 16 << 10
        && ending.errors.hasSuffix("the end\nConnection to nas closed by remote host.\n")
    }
    let missing = SFTPRemote(.init(command: ["/nowhere/ssh"], path: ""))
    #expect {
      _ = try missing.survey(drafting: [])
    } throws: { error in
      guard case .notStarted(let error) = error as? RemoteError else { return false }
      return error.code == ENOENT
    }
  }

  @Test func noNameLeadsOutOfTheFolder() throws {
    let listing = try #require(try remote("names").list(.bundles))
    #expect(listing.files.map(\.name.text) == ["good-1.tasks"])
    #expect(listing.drafts.map(\.name.text) == [".9.part"])
    #expect(listing.strangers == 12)
  }

  @Test func aHundredThousandStrangersArePassedOver() throws {
    let remote = remote("junk=100000")
    let start = ContinuousClock.now
    let listing = try #require(try remote.list(.bundles))
    // A fifth of a second where nothing else runs and the compiler optimises.
    #expect(start.duration(to: .now) < .seconds(10))
    #expect(listing == Listing(strangers: 100_000))
    #expect(remote.traffic.received > 10_000_000)
  }

  @Test func aFullDiskIsKnownByItsWords() throws {
    #expect(
      SFTPStatus(code: 4, message: "write x: no space left on device").error(about: "a")
        == .full("a"))
    #expect(SFTPStatus(code: 4, message: "Disk quota exceeded").error(about: "a") == .full("a"))
    #expect(
      SFTPStatus(code: 4, message: "open x: Read-only file system").error(about: "a")
        == .readOnly("a"))
    #expect(
      SFTPStatus(code: 4, message: "").error(about: "a") == .failed("a", reason: "status 4"))
  }
}

extension SFTPClient {
  fileprivate func greetedAndListed(_ path: String) throws(RemoteError) {
    _ = try extensions()
    let listing = try IncomingListing(path + "/bundles", from: self)
    if try listing.ask() { _ = try listing.finish() }
  }
}
