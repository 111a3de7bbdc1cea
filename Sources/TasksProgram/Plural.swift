/// A number with the word for what it counts: `1 task`, `3 tasks`, `2 copies`.
package func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(number) " + (number == 1 ? one : many ?? one + "s")
}
