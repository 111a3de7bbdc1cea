/// Every file that is made from the table, by its path in the repository, in a fixed order.
///
/// They are checked in, so that nobody needs a compiler to read the manual; a test says when they are stale.
package func generatedFiles(for table: CommandTable) -> [(path: String, text: String)] {
  let manual = ManualPages(table)
  let commands = table.commands.filter { !$0.isHidden }
  return [("man/\(table.program).1", manual.overview())]
    + commands.map { ("man/\(table.program)-\($0.name).1", manual.page(of: $0)) }
    + [
      ("completions/\(table.program).bash", BashCompletion(table).text()),
      ("completions/_\(table.program)", ZshCompletion(table).text()),
      ("completions/\(table.program).fish", FishCompletion(table).text()),
      ("docs/reference.md", ReferenceMarkdown(table).text()),
    ]
}
