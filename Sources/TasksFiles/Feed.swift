/// Something that is read portion by portion: by a thread of its own, ahead of whoever uses it, where that is worth it.
package final class Feed<Portion: Sendable> {
  /// Reads to the end, or until what it gives the portions to wants no more.
  package typealias Reading =
    @Sendable (_ give: (_ portion: Portion, _ weight: Int) throws -> Bool) throws -> Void

  private let reading: Reading
  private let handover: Handover<Portion>
  private var worker: Worker?

  /// Starts to read.
  ///
  /// - Parameters:
  ///   - limit: the weight of what is read and not used up from which on reading waits.
  ///   - isAhead: whether it is worth a thread.
  package init(limit: Int, isAhead: Bool, _ reading: @escaping Reading) {
    self.reading = reading
    let handover = Handover<Portion>(limit: limit)
    self.handover = handover
    guard isAhead else { return }
    worker = Worker {
      handover.finish(Result { try reading { handover.put($0, weight: $1) } })
    }
  }

  deinit { handover.abandon() }

  /// Calls `body` with one portion after the other; to be called once.
  ///
  /// What is wrong with the end of what is read is known only when this returns.
  package func each(_ body: (Portion) throws -> Void) throws {
    guard worker != nil else {
      try reading { portion, _ in
        try body(portion)
        return true
      }
      return
    }
    while let portion = try handover.take() { try body(portion) }
  }
}
