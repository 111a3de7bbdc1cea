import Foundation
import Testing

/// Disks that are full or cannot be written to, which only root can make here.
@Suite(.enabled(if: Machine.canMount, "only root can mount a disk"))
struct DiskTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  /// Runs a script in a mount namespace of its own with a small disk at `disk`, which goes with it.
  private func onSmallDisk(_ size: String, _ script: String) throws -> Outcome {
    try machine.shell(
      "mkdir -p disk && unshare -m /bin/bash -c \"$1\"",
      """
      mount -t tmpfs -o size=\(size),mode=700 tmpfs disk
      export TASKS_DIR=$HOME/disk/tasks
      \(script)
      """)
  }

  @Test func aFullDiskChangesNothingAndLosesNothing() throws {
    let outcome = try onSmallDisk(
      "600k",
      """
      text=$(head -c 9000 /dev/zero | tr '\\0' x)
      acknowledged=0
      for i in $(seq 200); do
        if tasks add "t$i" -d "$text" >/dev/null 2>errors; then acknowledged=$((acknowledged + 1))
        else status=$?; break; fi
      done
      echo "status $status"
      cat errors
      echo "lost $((acknowledged - $(tasks count)))"
      tasks done 1 >/dev/null 2>errors; echo "done $?"; cat errors
      tasks show 1 --json | grep -c '"completed":false'
      sqlite3 $TASKS_DIR/tasks.db 'PRAGMA integrity_check'
      mount -o remount,size=9M disk
      tasks add after && tasks done 1
      """)
    let full = [
      "tasks: nothing was changed: the disk is full", "hint: free some space and try again",
    ]
    let lines = outcome.lines
    #expect(Array(lines.prefix(4)) == ["status 1"] + full + ["lost 0"], "\(outcome)")
    // A small edit may still fit.
    if lines.contains("done 1") {
      #expect(Array(lines.dropFirst(4).prefix(4)) == ["done 1"] + full + ["1"], "\(outcome)")
    }
    #expect(lines.contains("ok"), "\(outcome)")
    #expect(lines.contains { $0.hasPrefix("Created task ") }, "\(outcome)")
  }

  @Test func aDiskTooSmallToBegin() throws {
    let outcome = try onSmallDisk("12k", "tasks add x; echo $?; tasks list; echo $?")
    #expect(outcome.lines.first == "1", "\(outcome)")
    #expect(
      outcome.errorLines.first == "tasks: nothing was changed: the disk is full", "\(outcome)")
  }

  @Test func aReadOnlyDiskCanBeLookedAt() throws {
    let outcome = try onSmallDisk(
      "9M",
      """
      tasks add "Buy milk" >/dev/null && tasks done 1 >/dev/null
      mount -o remount,ro disk
      tasks list --all; echo $?; tasks search milk --json | grep -c Buy
      for words in "add x" "reopen 1" "undo" "tag 1 +x" "config color never"; do
        tasks $words; echo $?
      done
      """)
    #expect(
      outcome.lines == [
        "  #  State       Title", "  1  done Today  Buy milk", "0", "1", "1", "1", "1", "1", "1",
      ],
      "\(outcome)")
    #expect(outcome.errorLines.count == 10, "\(outcome)")
    #expect(
      outcome.errorLines.filter { $0.hasPrefix("tasks: nothing was changed: ") }.count == 5,
      "\(outcome)")
  }

  @Test func aReadOnlyDiskWithNoStoreYet() throws {
    let outcome = try onSmallDisk(
      "9M",
      "mount -o remount,ro disk; unset TASKS_DIR; XDG_DATA_HOME=$PWD/disk tasks add x; echo $?")
    #expect(outcome.lines == ["1"])
    #expect(
      outcome.errorLines.first?.hasSuffix("disk/tasks: Read-only file system") == true, "\(outcome)"
    )
  }
}

extension Machine {
  static let canMount: Bool = {
    guard isRoot, let machine = try? Machine() else { return false }
    return (try? machine.shell("unshare -m mount -t tmpfs tmpfs tmp").status) == 0
  }()
}
