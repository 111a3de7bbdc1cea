import Testing

/// Sticks that are full or cannot be written to, which only root can make here.
@Suite(.enabled(if: Machine.canMount, "only root can mount a disk"))
struct SmallStickTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    try machine.run("init", "--name", "laptop").succeeded()
    try machine.run("add", "Buy milk").succeeded()
  }

  /// Runs a script in a mount namespace of its own with a stick at `$STICK`, which goes with it.
  private func onStick(_ script: String) throws -> Outcome {
    try machine.shell(
      "mkdir -p stick && unshare -m /bin/bash -c \"$1\"",
      """
      export STICK=$HOME/stick
      mount -t tmpfs -o size=48k tmpfs $STICK
      mkdir $STICK/tasks
      \(script)
      """)
  }

  @Test(arguments: Meeting.Way.all)
  func whatDoesNotFitIsSentOnceThereIsSpace(way: Meeting.Way) throws {
    let address = way == .folder ? "$STICK/tasks" : "command:\(Meeting.Way.program) -d $STICK/tasks"
    let outcome = try onStick(
      """
      head -c 60000 /dev/urandom | base64 -w 400 | tasks add --stdin >/dev/null
      tasks remote add "\(address)" >/dev/null
      tasks sync; echo $?
      find $STICK -name '.*.part'
      tasks status --json | grep -o '"error":[0-9]*'
      mount -o remount,size=9M $STICK
      tasks sync | cut -d ' ' -f -3; tasks queue; tasks fsck --remote origin | tail -n 1
      """)
    // No draft is left, and every task knows that it was not sent.
    #expect(
      outcome.lines == ["12", "\"error\":201", "Sent 1 change", "All of it is whole."],
      "\(outcome)")
    #expect(
      outcome.errors == """
        tasks: origin is full
        hint: free some space there; what was sent is there
        Nothing waits to be sent.

        """, "\(outcome)")
  }

  @Test func aReadOnlyStickCanBeFetchedFrom() throws {
    let outcome = try onStick(
      """
      tasks remote add $STICK/tasks >/dev/null; tasks sync >/dev/null
      mount -o remount,ro $STICK
      export HOME=$HOME/other; mkdir $HOME
      tasks clone $STICK/tasks; tasks add x >/dev/null; tasks pull
      tasks sync; echo $?; tasks count
      """)
    #expect(
      outcome.lines == [
        "Received 1 change from laptop: 1 task.", "Nothing new on origin.", "12", "2",
      ], "\(outcome)")
    #expect(
      outcome.errors == """
        tasks: origin is read-only: nothing can be sent there
        hint: what is there can still be fetched: tasks pull

        """, "\(outcome)")
  }

  @Test func aStickWithFATWillDo() throws {
    let outcome = try onStick(
      """
      umount $STICK
      truncate -s 8M image && { mkfs.fat image || mkfs.vfat image; } >/dev/null 2>&1 \
        && mount -o loop image $STICK 2>/dev/null || { echo none; exit; }
      tasks remote add $STICK/tasks >/dev/null; tasks sync >/dev/null
      export HOME=$HOME/other; mkdir $HOME
      tasks clone $STICK/tasks; tasks add x >/dev/null
      tasks sync | cut -d ' ' -f -3; tasks fsck --remote origin | tail -n 1
      """)
    guard outcome.lines != ["none"] else { return }
    #expect(
      outcome.lines == [
        "Received 1 change from laptop: 1 task.", "Sent 1 change", "All of it is whole.",
      ], "\(outcome)")
  }
}
