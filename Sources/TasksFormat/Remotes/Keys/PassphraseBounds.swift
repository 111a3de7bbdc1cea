/// What a reader lets a slot ask for.
///
/// Slots come from a place that strangers may write to. More than this could stop a small machine, or keep it busy for
/// hours; with less, whoever wrote the slot protected it badly.
struct PassphraseBounds {
  let kibibytes: ClosedRange<Int64>
  let passes: ClosedRange<Int64>

  static let usual = PassphraseBounds(
    kibibytes: PassphraseCost.interactive.kibibytes...PassphraseCost.moderate.kibibytes,
    passes: PassphraseCost.interactive.passes...16)

  func allows(_ cost: PassphraseCost) -> Bool {
    kibibytes.contains(cost.kibibytes) && passes.contains(cost.passes)
  }
}
