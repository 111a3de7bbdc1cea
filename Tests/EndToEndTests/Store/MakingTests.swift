import Testing

/// A disk that is full while a store is made leaves nothing that would be in the way once there is room.
@Suite(.enabled(if: Machine.canMount, "only root can mount a disk")) struct MakingTests {
  @Test(arguments: Array(stride(from: 20, through: 240, by: 20)))
  func aStoreThatCouldNotBeMadeIsMadeWhenThereIsRoom(kibibytes: Int) throws {
    let machine = try Machine()
    let outcome = try machine.shell(
      """
      unshare -m bash -c '
        mkdir disk && mount -t tmpfs -o size='$1'k tmpfs disk || exit 99
        tasks --store disk/store add first; echo "status $?"
        mount -o remount,size=9M disk
        tasks --store disk/store add second && tasks --store disk/store list'
      """, String(kibibytes))
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.lines.last?.hasSuffix("second") == true, "\(outcome)")
    // The first is there if and only if that was acknowledged.
    let isAcknowledged = outcome.lines.contains("status 0")
    #expect(outcome.lines.contains { $0.hasSuffix("  first") } == isAcknowledged, "\(outcome)")
  }
}
