import Testing

/// The checked-in completions, in real shells, on a real store.
@Suite struct CompletionTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    try machine.add("Buy milk", "+shop", "-p", "home.garden")
    try machine.add("Call \u{1b}[31mAnn", "+phone", "-p", "work life")
    try machine.add("done", "+old", "-p", "past")
    try machine.run("done", "3").succeeded()
  }

  /// What bash offers for the last of the words.
  private func bash(_ line: String) throws -> [String] {
    let outcome = try machine.shell(
      #"""
      source "$1/completions/tasks.bash"
      COMP_LINE=$2 COMP_POINT=${#2}
      read -ra COMP_WORDS <<< "$2"
      [[ $2 != *' ' ]] || COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _tasks
      ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
      """#, Machine.sources, line)
    #expect(outcome.errors == "")
    return outcome.lines
  }

  @Test(arguments: [
    ("tasks ad", ["add"]), ("tasks done ", ["1", "2", "3"]), ("tasks show 1", ["1"]),
    ("tasks add -p ho", ["home.garden"]), ("tasks list +", ["+phone", "+shop"]),
    ("tasks add x -t p", ["phone"]), ("tasks config co", ["color"]),
    ("tasks list --sor", ["--sort"]),
    ("tasks add --project wo", [#"work\ life"#]), ("tasks completions f", ["fish"]),
    ("tasks help und", ["undo"]), ("tasks conflicts t", ["take"]), ("tasks done x", []),
  ])
  func bashCompletesWhatIsInTheStore(line: String, expected: [String]) throws {
    #expect(try bash(line) == expected)
  }

  @Test(
    .enabled(if: Machine.isInstalled("fish"), "fish is not installed"),
    arguments: [
      ("tasks done ", "1\tBuy milk"), ("tasks add -p wo", "work life"), ("tasks list +sh", "+shop"),
    ])
  func fishCompletesWhatIsInTheStore(line: String, expected: String) throws {
    let outcome = try machine.shell(
      "fish -N -c 'source $argv[1]/completions/tasks.fish; complete -C $argv[2]' \"$1\" \"$2\"",
      Machine.sources, line)
    #expect(outcome.lines.contains { $0 == expected || $0.hasPrefix(expected) }, "\(outcome)")
    #expect(!outcome.bytes.contains(0x1b))
  }

  @Test func completingMakesNoStoreAndSaysNothing() throws {
    let bare = try Machine()
    for kind in ["tasks", "projects", "tags", "settings", "nonsense"] {
      let outcome = try bare.run("complete-words", kind).succeeded()
      #expect(outcome.errors == "")
      #expect((outcome.output == "") == (kind != "settings"))
    }
    #expect(try bare.shell("ls -A").output == "tmp\n")
  }

  @Test func aTitleCannotForgeACandidate() throws {
    try machine.add("--", "x\ty")
    let outcome = try machine.run("complete-words", "tasks").succeeded()
    #expect(outcome.lines == ["1\tBuy milk", #"2\#tCall \u{1b}[31mAnn"#, "4\tx y", "3\tdone"])
  }
}
