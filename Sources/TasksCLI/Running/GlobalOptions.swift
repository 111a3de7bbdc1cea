import TasksArguments

/// The options that every command takes.
struct GlobalOptions {
  let store: String?
  let color: String?
  let noPager: Bool
  let verbose: Bool

  private static let store = OptionDeclaration(
    "store", value: "DIR", help: "The folder that holds the tasks.", completion: .directory)
  private static let color = OptionDeclaration(
    "color", value: "WHEN", help: "Whether to use colours.",
    choices: ["auto", "always", "never"])
  private static let noPager = OptionDeclaration(
    "no-pager", help: "Do not show long output in a pager.")
  private static let verbose = OptionDeclaration(
    "verbose", short: "v", help: "Say more about what happens.", isRepeatable: true)

  static let declarations = [
    store, color, noPager, verbose,
    OptionDeclaration("help", short: "h", help: "Show help; --help says more than -h."),
    OptionDeclaration("version", help: "Print the version."),
  ]

  init(_ arguments: ParsedArguments) {
    store = arguments.value(Self.store)
    color = arguments.value(Self.color)
    noPager = arguments.has(Self.noPager)
    verbose = arguments.has(Self.verbose)
  }
}
