import Foundation
import Testing

/// A file system in user space that nobody serves.
private enum DeadDisk {
  /// Mounts one at `mnt`; who holds descriptor 3 is its server.
  static let mount = """
    exec 3<>/dev/fuse
    mkdir -p mnt
    mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 dead "$PWD/mnt" || exit 1
    """

  static let isPossible: Bool = {
    guard geteuid() == 0, let machine = try? Machine() else { return false }
    return (try? machine.shell(mount + "\numount -l \"$PWD/mnt\"").status) == 0
  }()
}

/// A remote on a network disk whose server is gone.
@Suite(.enabled(if: DeadDisk.isPossible, "needs root, and /dev/fuse"))
struct DeadDiskTests {
  /// As with a server that is silent.
  @Test func itIsGivenUpAndTriedAgainWhenDisksAreMounted() throws {
    let machine = try Machine()
    try machine.add("Buy milk")
    try machine.run("remote", "add", "\(machine.home)/mnt/remote").succeeded()
    let script =
      DeadDisk.mount + """

        tasks push 3<&- 2>push.txt & push=$!
        tasks watch 3<&- >watch.txt 2>&1 & watch=$!
        wait $push; echo "push $?"
        for second in 1 2 3 4 5 6 7 8 9 10; do grep -q seconds watch.txt && break; sleep 1; done
        # From here on there is a folder, and the calls that were held come back.
        umount -l "$PWD/mnt"
        exec 3<&-
        for second in 1 2 3 4 5 6 7 8 9 10; do grep -q Sent watch.txt && break; sleep 1; done
        kill $watch; wait $watch
        cat push.txt watch.txt
        """
    let start = Date.now
    let outcome = try Child(
      ["/bin/bash", "-c", script].map { Array($0.utf8) }, environment: machine.environment([:]),
      input: [], directory: machine.home
    ).outcome(within: 120)
    #expect(Date.now.timeIntervalSince(start) < 90)
    let failure = """
      tasks: origin has not answered for 30 seconds
      hint: nothing is lost; try again later

      """
    #expect(outcome.output.hasPrefix("push 12\n" + failure), "\(outcome)")
    #expect(outcome.output.contains("Watching. Ctrl-C ends it.\n" + failure), "\(outcome)")
    #expect(outcome.output.contains("Sent 1 change to origin ("), "\(outcome)")
  }
}
