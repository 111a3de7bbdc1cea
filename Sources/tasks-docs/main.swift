// Writes the files that follow from the command table: manual pages, completions and the reference.
//
//   tasks-docs [DIRECTORY]   the top of the source tree; at first the current folder

import Glibc
import TasksArguments
import TasksCLI
import TasksFiles

let top = CommandLine.arguments.dropFirst().first ?? "."
do {
  for file in generatedFiles(for: Program.table) {
    let path = Paths.join(top, file.path)
    try Directories.make(Paths.parent(of: path))
    let handle = try FileHandle(path, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
    try handle.write(Array(file.text.utf8).span.bytes)
  }
} catch {
  print("tasks-docs: \(error)")
  exit(1)
}
