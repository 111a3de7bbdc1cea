import TasksArguments

/// Every character that some shell, roff or Markdown takes for more than it is.
let nastyText =
  #".foo 'x "y" \fBz\e $(rm -rf) ${HOME} `tick` lone` 100% [a] {b} <c> a:b *d* _e_ | # ~ ^ é … well-known --dry-run"#

/// A table that is small, but has one of everything.
let sample = CommandTable(
  program: "tasks", summary: "a list of things to do", version: "1.2.3", released: "2026-01-31",
  description: ["Keeps a list of things to do.", nastyText],
  globals: [
    OptionDeclaration("store", value: "DIR", help: "Use this store", completion: .directory),
    OptionDeclaration("verbose", short: "v", help: "Tell what happens", isRepeatable: true),
    OptionDeclaration("quiet", short: "q", help: "Tell nothing"),
    OptionDeclaration("help", short: "h", help: "Show help"),
    OptionDeclaration("version", help: "Show the version"),
  ],
  commands: [add, list, edit, done, remote, config, importing, nasty, help, complete],
  topics: [
    Topic(
      "Dates", ["A date is `today` or a day."], terms: [("today", "this day"), (".x", nastyText)]),
    Topic("Exit statuses", [], terms: [("0", "success")]),
  ])

private let add = CommandDeclaration(
  name: "add", aliases: ["a", "new"], group: .everyday, summary: "Add a task",
  synopsis: ["add [-d TEXT] [-t TAG]… TITLE…", "add --stdin"],
  description: ["Adds a task."],
  operands: [
    OperandDeclaration("TITLE", help: "The title", minimum: 1, completion: .attributes)
  ],
  options: [
    OptionDeclaration("description", short: "d", value: "TEXT", help: "More text"),
    OptionDeclaration(
      "project", short: "p", value: "PROJECT", help: "Its project", completion: .stored(.projects)),
    OptionDeclaration(
      "tag", short: "t", value: "TAG", help: "A tag", isRepeatable: true,
      completion: .stored(.tags)),
    OptionDeclaration("priority", value: "P", help: "Urgency", choices: ["H", "M", "L"]),
    OptionDeclaration("json", short: "j", help: "Print JSON"),
    OptionDeclaration("stdin", short: "s", help: "Read titles"),
  ],
  examples: [Example(#"tasks add "Buy milk" +shop due:fri"#, "Adds a task")])

private let list = CommandDeclaration(
  name: "list", aliases: ["ls"], group: .everyday, summary: "List tasks",
  synopsis: ["list [FILTER…] [--all]"], description: ["Lists tasks."],
  operands: [OperandDeclaration("FILTER", help: "Which tasks", completion: .attributes)],
  options: [
    OptionDeclaration("all", help: "Closed ones, too"),
    OptionDeclaration("limit", value: "N", help: "At most so many"),
  ],
  examples: [Example("tasks list -home --all | less", "Lists what is not tagged `home`")],
  dashWords: .operands)

private let edit = CommandDeclaration(
  name: "edit", group: .everyday, summary: "Change tasks", synopsis: ["edit ID… [WORD…]"],
  description: ["Changes tasks."],
  operands: [
    OperandDeclaration("ID", help: "Which", minimum: 1, completion: .stored(.tasks)),
    OperandDeclaration("WORD", help: "What", completion: .attributes),
  ],
  options: [OptionDeclaration("description", short: "d", value: "TEXT", help: "New text")],
  examples: [Example("tasks edit 3 -d text -home", "Takes a tag away")],
  dashWords: .operandsIfLong)

private let done = CommandDeclaration(
  name: "done", group: .everyday, summary: "Close tasks", synopsis: ["done ID…"],
  description: ["Closes tasks."],
  operands: [OperandDeclaration("ID", help: "Which", minimum: 1, completion: .stored(.tasks))],
  examples: [Example("tasks done 3-6,9", "Closes five tasks")])

private let remote = CommandDeclaration(
  name: "remote", group: .sync, summary: "Name remotes", synopsis: ["remote ACTION [NAME [URL]]"],
  description: ["Names remotes."],
  operands: [
    OperandDeclaration(
      "ACTION", help: "What", minimum: 1, maximum: 1,
      completion: .words(["add", "set-url", "it's", "a b", "c:d", "$(rm)"])),
    OperandDeclaration("NAME", help: "Which", maximum: 1),
    OperandDeclaration("URL", help: "Where", maximum: 1, completion: .directory),
  ],
  examples: [Example("tasks remote add nas:tasks", "Adds a remote")])

private let config = CommandDeclaration(
  name: "config", group: .care, summary: "Settings", synopsis: ["config [KEY [VALUE]]"],
  description: ["Shows or changes settings."],
  operands: [
    OperandDeclaration("KEY", help: "Which", maximum: 1, completion: .stored(.settings)),
    OperandDeclaration("VALUE", help: "The value", maximum: 1),
  ],
  options: [
    OptionDeclaration("unset", value: "KEY", help: "Forget", completion: .stored(.settings))
  ],
  examples: [Example("tasks config sync.auto true", "Syncs by itself")])

private let importing = CommandDeclaration(
  name: "import", group: .care, summary: "Read tasks from files", synopsis: ["import FILE…"],
  description: ["Reads tasks."],
  operands: [OperandDeclaration("FILE", help: "Which", minimum: 1, completion: .file)],
  examples: [Example("tasks import old.json", "Reads a file")])

private let nasty = CommandDeclaration(
  name: "nasty", group: .history, summary: "It's [a:b] $(rm) `c` 100% \\d \"e\"",
  synopsis: ["nasty [.WORD…]"],
  description: [nastyText, ".SH Injected", "'br", "- no list", "1. no list"],
  operands: [OperandDeclaration("WORD", help: nastyText)],
  options: [
    OptionDeclaration(
      "odd", short: "o", value: "ODD", help: nastyText, choices: ["it's", "a b", "c:d", "$(rm)"])
  ],
  examples: [Example(#"tasks nasty '.a' "$(rm)" \\ ```"#, nastyText)])

private let help = CommandDeclaration(
  name: "help", group: .care, summary: "Show help", synopsis: ["help [COMMAND]"],
  description: ["Shows help."],
  operands: [
    OperandDeclaration("COMMAND", help: "On what", maximum: 1, completion: .command)
  ],
  examples: [Example("tasks help add", "Shows help on `add`")])

private let complete = CommandDeclaration(
  name: "complete", group: .care, summary: "Print completions", synopsis: ["complete KIND [WORD]"],
  description: [],
  operands: [
    OperandDeclaration("KIND", help: "What", minimum: 1, maximum: 1),
    OperandDeclaration("WORD", help: "Its start", maximum: 1),
  ], isHidden: true)
