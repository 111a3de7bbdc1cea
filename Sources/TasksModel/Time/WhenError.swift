/// Why a text is no date that a person may type.
package struct WhenError: Error, Hashable, Sendable {
  package let kind: Kind
  /// The whole text, as it was typed.
  package let text: String
  /// What was probably meant, if a word is misspelt.
  package let suggestion: String?

  package init(_ kind: Kind, text: String, suggestion: String? = nil) {
    self.kind = kind
    self.text = text
    self.suggestion = suggestion
  }

  package enum Kind: Hashable, Sendable {
    /// It has none of the forms.
    case notADate
    /// It has the form of a date or time that no calendar or clock shows: `2025-02-30`, `25:00`; with that part of it.
    case noSuchDate(String)
    /// It lies outside the years 0…9999, or, as an instant, before 1970.
    case outOfRange
  }
}
