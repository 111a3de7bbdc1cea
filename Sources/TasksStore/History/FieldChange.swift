package import TasksModel

/// What became of one field.
package struct FieldChange: Sendable {
  package let field: Field
  /// What it was before; nil if that has not arrived.
  package let from: JSON?
  package let to: JSON

  package var isChange: Bool { from != to }

  /// Whether it is what every operation says that says nothing of deletion, and changes nothing.
  var saysTaskIsThereAsBefore: Bool { field == .isDeleted && (from ?? false) == to }
}
