/// Remotes: where changes are exchanged, and what was seen there.
let schema3 = """
  -- The first sixteen digits of its id, which operations name it by. An index that calls a function instead makes SQLite
  -- keep a copy of every page that an insertion of many rows changes.
  ALTER TABLE changes ADD COLUMN short TEXT NOT NULL DEFAULT '';

  UPDATE changes SET short = substr(id, 1, 16);

  DROP INDEX changes_by_name;
  CREATE INDEX changes_by_name ON changes(short);

  -- What waits to be sent is found by its task, and all of it in a queue that only grows at its end.
  DROP INDEX operations_of_task;
  CREATE INDEX operations_of_task ON operations(task, queued);
  DROP INDEX operations_queued;
  CREATE INDEX operations_queued ON operations(queued) WHERE queued IS NOT NULL;

  -- 1 if two of its changes have one number, so that a number does not say which change is meant.
  ALTER TABLE devices ADD COLUMN is_forked INTEGER NOT NULL DEFAULT 0;

  UPDATE devices SET is_forked = 1 WHERE key IN (
    SELECT device FROM changes GROUP BY device, seq HAVING count(*) > 1);

  -- What apps did while they were offline, so that the same is not taken twice, and that they have seen what they wrote.
  CREATE TABLE client_edits (
    hash TEXT NOT NULL PRIMARY KEY,      -- of all that was said
    client TEXT NOT NULL,
    operation INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT;

  CREATE INDEX client_edits_of_operation ON client_edits(operation);

  -- The default remote is the one called origin, else the first.
  CREATE TABLE remotes (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    id TEXT NOT NULL,                    -- what server_id of tasks begins with
    transport TEXT,                      -- how an SSH server is reached; null: as it turns out
    settings BLOB,                       -- its tasks-remote.json; null until that is known
    is_met INTEGER NOT NULL DEFAULT 0,   -- 1 once its place was seen to be this remote
    secret BLOB,                         -- the unlocked key of an encrypted one
    last_push INTEGER,
    last_pull INTEGER,
    last_error TEXT,
    last_error_at INTEGER
  ) STRICT;

  -- The key slots of encrypted remotes, to be put back if they are lost there.
  CREATE TABLE remote_keys (
    remote INTEGER NOT NULL REFERENCES remotes(key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (remote, name)
  ) WITHOUT ROWID, STRICT;

  -- The bundles that a remote had when it was last looked at.
  CREATE TABLE remote_bundles (
    remote INTEGER NOT NULL REFERENCES remotes(key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    seen_at INTEGER NOT NULL,            -- since when, by the clock of this device
    is_noted INTEGER NOT NULL,           -- 1 once the queue knows that its changes are there
    bad_at INTEGER,                      -- since when it has been found not to be whole
    PRIMARY KEY (remote, name)
  ) WITHOUT ROWID, STRICT;
  """
