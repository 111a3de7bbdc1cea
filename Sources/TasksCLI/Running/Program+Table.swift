package import TasksArguments
import TasksProgram

extension Program {
  /// Every command, in the order of the overview.
  static let commands: [any Command.Type] = [
    AddCommand.self, ListCommand.self, ShowCommand.self, EditCommand.self, DoneCommand.self,
    ReopenCommand.self, DeleteCommand.self, RestoreCommand.self, NoteCommand.self, TagCommand.self,
    SearchCommand.self, UndoCommand.self, ProjectsCommand.self, TagsCommand.self,
    CountCommand.self,
    CommitCommand.self, LogCommand.self, DiffCommand.self, StatusCommand.self, QueueCommand.self,
    ConflictsCommand.self, RemoteCommand.self, PushCommand.self, PullCommand.self,
    SyncCommand.self, CloneCommand.self, WatchCommand.self, AutoSyncCommand.self,
    BundleCommand.self, DevicesCommand.self,
    InitCommand.self, ConfigCommand.self, FsckCommand.self, GCCommand.self,
    ImportCommand.self, ExportCommand.self, ServeCommand.self, CompletionsCommand.self,
    VersionCommand.self, HelpCommand.self, CompleteWordsCommand.self,
  ]

  /// The table from which come the parser, the help, the manual, the completions and the reference.
  package static let table = CommandTable(
    program: "tasks",
    summary: "a task manager that works without a network",
    version: Version.number,
    released: Version.released,
    description: [
      "tasks keeps a list of things to do, on this device, in one folder. Every command works without a network, and what it has acknowledged survives a power cut.",
      "tasks without a command is tasks list. What goes to a program is printed with --json; data goes to standard output, everything else to standard error.",
    ],
    globals: GlobalOptions.declarations,
    commands: commands.map { $0.declaration },
    topics: topics)

  private static let topics = [
    Topic(
      "Naming tasks",
      [
        "A task has a small number on this device. A closed task keeps it for a day; then another task may get it. Scripts should use the id, a UUID that never changes and is the same everywhere."
      ],
      terms: [
        ("3", "the task with that number; up to seven digits"),
        ("3-6,9", "several tasks, all of which must be there"),
        ("3f2a9c1e", "the one task whose id begins like that; four characters or more"),
        ("id:1234", "the same, where it would otherwise be a number: up to seven digits are one"),
        ("change:3f2a9c1e", "a change, by the first digits of its id, which log shows"),
      ]),
    Topic(
      "Dates",
      [
        "A date without a time is due at the end of that day, wherever you are then. A time makes it an instant. Words may be in either case."
      ],
      terms: [
        ("2025-11-21", "a date"),
        (
          "2025-11-21T14:30",
          "a date and a time here; a blank will do for the T, and a zone may follow: 2025-11-21T14:30Z"
        ),
        ("today, tomorrow, yesterday, now", "what they say"),
        ("mon … sunday", "the next such day, never today"),
        ("eow, eom, eoy", "the end of the week (Sunday), of the month, of the year"),
        ("+3d, 2w, 1m, 1y", "in so many days, weeks, months or years"),
        ("+4h, 30min", "in so many hours or minutes"),
        ("14:30, 9am", "the next such time"),
        ("fri@9:00, \"fri 9:00\"", "a day and a time"),
        ("none", "no date"),
      ]),
    Topic(
      "Filters",
      [
        "A filter is any number of words that must all hold. The word or separates alternatives; after -- every word is one to search for."
      ],
      terms: [
        ("project:home", "in the project, or in one below it such as home.garden"),
        ("project:none", "in no project"),
        ("+tag, -tag", "with the tag, without it"),
        ("tag:none", "without any tag"),
        ("priority:H", "of that priority; priority:none without one"),
        ("due:today", "due on that day; due:none without a date, due:any with one"),
        ("due:overdue", "due before now"),
        ("due.before:fri", "due before that day begins, or before that instant"),
        ("due.after:fri", "due after that day has ended, or after that instant"),
        ("wait:…, wait.before:…, wait.after:…", "the same of the day it waits for"),
        ("milk", "a word of the title, the description or a note begins with milk"),
      ]),
    Topic(
      "Exit status", [],
      terms: [
        ("0", "done"),
        ("1", "failed"),
        ("2", "the command line makes no sense"),
        ("3", "done, but something was found or skipped that somebody should look at"),
        ("10", "there is no such store or task"),
        ("11", "another process kept the store locked"),
        ("12", "the remote cannot be reached, or is not what it should be"),
        ("13", "refused: the host, the key or the passphrase"),
        ("14", "the store is damaged or is none, or a file of changes is damaged"),
        ("70", "a bug"),
        ("130", "interrupted"),
      ]),
    Topic(
      "Environment", [],
      terms: [
        ("TASKS_DIR", "the folder that holds the tasks, unless --store says another"),
        ("XDG_DATA_HOME", "where the folder tasks is looked for; at first ~/.local/share"),
        ("VISUAL, EDITOR", "the editor that edit opens"),
        ("TASKS_PAGER, PAGER", "what shows long output; at first less"),
        ("NO_COLOR", "if set, no colours"),
        ("COLUMNS", "how wide a terminal is taken to be"),
        ("TZ", "the time zone"),
        (
          "TASKS_PASSPHRASE", "the passphrase of an encrypted remote; a file or a command is better"
        ),
        ("TASKS_SSH_CONFIG", "what is read in place of ~/.ssh/config for syncing"),
        (
          "TASKS_BATCH_SIZE",
          "how many changes at most go into one file of a push, 1 to 10000; at first 50"
        ),
      ]),
    Topic(
      "Files", [],
      terms: [
        ("~/.local/share/tasks/tasks.db", "the tasks: an SQLite database"),
        (
          "~/.local/share/tasks/tasks.db-wal",
          "what was written last, while a command runs; it belongs to the database"
        ),
        (
          "~/.local/share/tasks/changes/",
          "what was committed, once more: the database can be made anew from it"
        ),
        ("~/.local/share/tasks/quarantine/", "files that were damaged; nothing reads them"),
      ]),
  ]
}
