import Foundation
import Testing

/// `bundle`: what people see who carry changes by hand.
@Suite struct BundleTests {
  private let laptop: Machine
  private let desk: Machine

  init() throws {
    laptop = try Machine()
    desk = try Machine()
    try laptop.run("config", "device.name", "laptop").succeeded()
    try desk.run("config", "device.name", "desk").succeeded()
    try laptop.run("add", "Buy milk").succeeded()
  }

  private var file: String { "\(laptop.home)/x.tasks" }

  private func create(_ words: String...) throws -> Outcome {
    try laptop.run(["bundle", "create", file] + words)
  }

  @Test func creatingCommitsAndApplyingTwiceIsHarmless() throws {
    let created = try create().succeeded()
    #expect(created.output.hasPrefix("Wrote 1 change to \(file) ("))
    #expect(created.errorLines.first == "Committed 1 edit first.")
    #expect(
      try desk.run("bundle", "verify", file).succeeded().output
        == "\(file): ok, 1 change by laptop 1\n")
    #expect(
      try desk.run("bundle", "apply", file).succeeded().output
        == "Received 1 change from laptop: 1 task.\n")
    #expect(
      try desk.run("bundle", "apply", file).succeeded().output
        == "Nothing new: all of it was here already.\n")
    #expect(try desk.run("list").succeeded().output.contains("Buy milk"))
  }

  @Test func onlyWhatIsNewerIsBundledAndAGapIsNamed() throws {
    try create().succeeded()
    let first = try laptop.run("log", "--jsonl").succeeded().output
    let id = try #require(first.firstMatch(of: /"id":"([0-9a-f]{12})/)).1
    #expect(try create("--since", "change:\(id)").succeeded().errors == Self.nothing)
    try laptop.run("add", "Buy bread").succeeded()
    try create("--since", "change:\(id)").succeeded()
    let outcome = try desk.run("bundle", "apply", file)
    #expect(outcome.status == 3)
    #expect(outcome.errors == "laptop's change 1 has not arrived.\n")
    #expect(try desk.run("status", "--json").output.contains("\"missing\":1"))
    try create("--since", "change:0000").failed(10, "there is no change '0000' here")
  }

  private static let nothing = "Nothing to bundle, and no file was written.\n"

  @Test func nothingToBundleWritesNoFile() throws {
    let outcome = try desk.run("bundle", "create", file).succeeded()
    #expect(outcome.output == "" && outcome.errors == Self.nothing)
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test(arguments: [
    (": > $1", "is empty"), ("echo hello > $1", "is not a bundle of changes"),
    ("truncate -s -9 $1", "is cut off"), ("printf x >> $1", "something behind its end"),
  ])
  func damageIsNamedAndTheOtherFilesCount(damage: String, message: String) throws {
    try create().succeeded()
    let good = "\(laptop.home)/good.tasks"
    try laptop.shell("cp $1 $2; \(damage)", file, good).succeeded()
    for verb in ["verify", "apply"] {
      let outcome = try desk.run("bundle", verb, file, "/nowhere", good)
      #expect(outcome.status == 14)
      #expect(outcome.errors.contains("tasks: \(file)") && outcome.errors.contains(message))
      #expect(outcome.errors.contains("cannot open /nowhere: No such file or directory"))
      #expect(outcome.output.contains("1 change"), "\(outcome)")
    }
    #expect(try desk.run("list").output.contains("Buy milk"))
  }

  @Test func whatIsNoBundleIsNotOverwritten() throws {
    try laptop.shell("echo precious > $1", file).succeeded()
    try create().failed(1, "\(file) is there already, and is not a bundle")
    #expect(try laptop.shell("cat $1", file).output == "precious\n")
    try laptop.run("bundle", "create", laptop.home).failed(1, "\(laptop.home) is a folder")
    let pipe = "\(laptop.home)/pipe"
    try laptop.shell("mkfifo $1", pipe).succeeded()
    try laptop.run("bundle", "create", pipe).failed(1, "\(pipe) is no file")
  }

  @Test func aDamagedFileOfTheStoreIsNamed() throws {
    try laptop.run("commit").succeeded()
    let damaged = try laptop.shell(
      "f=$(find .local/share/tasks/changes -type f); printf x >> $f; echo $f"
    ).succeeded().lines[0]
    let outcome = try create()
    #expect(outcome.status == 14)
    #expect(outcome.errors.contains(damaged) && outcome.errors.contains("tasks fsck --rebuild"))
    let check = try laptop.run("fsck")
    #expect(check.status == 14)
    #expect(check.output.contains(String(damaged.suffix(20))))
    let rebuilt = try laptop.run("fsck", "--rebuild")
    #expect(rebuilt.status == 3, "something went into quarantine")
    #expect(rebuilt.output.contains("Written anew from the old database: 1 change"))
    #expect(try laptop.run("fsck").succeeded().output.hasSuffix("as it should be.\n"))
    try create().succeeded()
  }

  @Test func wordsThatMakeNoSenseAreRefused() throws {
    try laptop.run("bundle", "frob", file).failed(2, "'frob' is nothing that bundle does")
    try laptop.run("bundle", "create", file, file).failed(2, "bundle create writes one file")
    try laptop.run("bundle", "apply", file, "--all").failed(
      2, "--since and --all are for bundle create")
    try create("--all", "--since", "change:1234").failed(2, "--since and --all exclude each other")
    try create("--since", "elsewhere").failed(2, "there is no remote 'elsewhere'")
  }

  @Test func programsGetOneDocument() throws {
    let created = try create("--json").succeeded().output
    #expect(created.hasPrefix(#"{"files":[{"file":""#) && created.hasSuffix("\"changes\":1}\n"))
    let verified = try desk.run("bundle", "verify", file, "--json").succeeded().output
    #expect(verified.contains(#""changes":1,"devices":[{"device":""#))
    let applied = try desk.run("bundle", "apply", file, "--json").succeeded().output
    #expect(applied == #"{"bundles":1,"changes":1,"tasks":1,"conflicts":[],"missing":0}"# + "\n")
  }
}
