/// The first schema.
///
/// What was written is `operations`; which of it counts is `writes`; `tasks` is what that comes to, kept as columns
/// for listing, sorting and searching. `tasks` holds nothing of its own but what is local: the number and what is
/// known of the remote.
let schema1 = """
  CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
  ) WITHOUT ROWID, STRICT;

  INSERT INTO settings VALUES ('device.id', lower(hex(randomblob(8))));

  CREATE TABLE tasks (
    key INTEGER PRIMARY KEY,             -- local, never leaves the device
    id TEXT NOT NULL UNIQUE,             -- UUID, lowercase
    number INTEGER UNIQUE,               -- null once closed for a day
    title TEXT,                          -- null only until the operation that set it arrives
    description TEXT,
    project TEXT,
    priority TEXT,
    due TEXT,                            -- 2025-11-21, or 2025-11-21T14:30:00.000Z
    wait TEXT,
    tags TEXT,                           -- with spaces between, by their bytes
    details INTEGER NOT NULL,            -- counts writes to its notes and to fields not known here
    completed INTEGER NOT NULL,
    completed_at INTEGER,
    closed_at INTEGER,                   -- when it was done or deleted, by the clock of this device
    is_deleted INTEGER NOT NULL,
    created_at INTEGER NOT NULL,         -- milliseconds since 1970, as are all times below
    updated_at INTEGER NOT NULL,
    server_id TEXT,
    last_synced_at INTEGER
  ) STRICT;

  -- Closed tasks whose number is still theirs: what the next new task looks at to find a free one.
  CREATE INDEX tasks_closed ON tasks(closed_at)
    WHERE number IS NOT NULL AND closed_at IS NOT NULL;

  CREATE TABLE free_numbers (
    number INTEGER PRIMARY KEY
  ) STRICT;

  -- The editing commands of this device, for undo.
  CREATE TABLE commands (
    key INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    first INTEGER NOT NULL,              -- the key of its first operation; the others follow it
    can_undo INTEGER NOT NULL            -- 0 once undone, and for undo itself
  ) STRICT;

  CREATE INDEX commands_to_undo ON commands(key) WHERE can_undo;

  -- Every operation ever held. Those with `queued` are not yet known to be on the default remote.
  CREATE TABLE operations (
    key INTEGER PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES tasks(key),
    kind TEXT NOT NULL,                  -- create, update, delete, or one that a later version knows
    at INTEGER NOT NULL,
    clock INTEGER,                       -- the clock's reading, where `at` had to be moved away from it
    fields TEXT NOT NULL,                -- a JSON object: what it writes
    over TEXT NOT NULL,                  -- a JSON array: the keys of the operations whose writes it replaces
    command INTEGER REFERENCES commands(key),
    queued TEXT CHECK (queued IN ('pending', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER,
    last_error TEXT
  ) STRICT;

  CREATE INDEX operations_of_task ON operations(task);
  CREATE INDEX operations_queued ON operations(task, queued) WHERE queued IS NOT NULL;

  -- The current writes of every field of every task. More than one with different values is a conflict.
  CREATE TABLE writes (
    task INTEGER NOT NULL REFERENCES tasks(key),
    field TEXT NOT NULL,                 -- title, tag:home, note:<id>, ...
    operation INTEGER NOT NULL REFERENCES operations(key),
    at INTEGER NOT NULL,
    value TEXT NOT NULL,                 -- JSON; null takes a value away
    wins INTEGER NOT NULL,               -- 1 for the write whose value the task shows
    PRIMARY KEY (task, field, operation)
  ) WITHOUT ROWID, STRICT;

  CREATE INDEX writes_beside ON writes(task, field) WHERE NOT wins;
  CREATE INDEX writes_of_tags ON writes(field, task) WHERE field >= 'tag:' AND field < 'tag;';

  CREATE VIRTUAL TABLE search USING fts5(
    title, description, notes,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
  );

  -- Tasks whose text has changed in this transaction. Before it ends they are indexed anew, all at once: FTS5 is
  -- quick with many rows and slow with many statements.
  CREATE TABLE unindexed (
    task INTEGER PRIMARY KEY
  ) STRICT;

  CREATE TRIGGER tasks_inserted AFTER INSERT ON tasks BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.key);
  END;

  CREATE TRIGGER tasks_updated AFTER UPDATE OF title, description, details ON tasks
    WHEN old.title IS NOT new.title OR old.description IS NOT new.description
      OR old.details <> new.details
  BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.key);
  END;

  CREATE TRIGGER tasks_deleted AFTER DELETE ON tasks BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (old.key);
  END;
  """
