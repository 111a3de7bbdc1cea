/// What may stand at each place among a command's operands.
///
/// A declaration that is bounded takes all that it may before the next begins. Behind one that is not, any later one
/// may have begun: `edit ID… WORD…`.
struct OperandPlaces {
  /// What may stand at the first places.
  private(set) var first: [[OperandDeclaration]] = []
  /// What may stand at every later place.
  private(set) var rest: [OperandDeclaration] = []

  init(_ operands: [OperandDeclaration]) {
    for operand in operands {
      if !rest.isEmpty {
        rest.append(operand)
      } else if let maximum = operand.maximum {
        first += Array(repeating: [operand], count: max(0, maximum))
      } else {
        first += Array(repeating: [operand], count: max(1, operand.minimum))
        rest = [operand]
      }
    }
    // What `rest` says anyway need not be said twice.
    while let last = first.last, last.map(\.name) == rest.map(\.name) { first.removeLast() }
  }
}
