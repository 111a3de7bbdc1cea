/// Changes: what was sealed here or came from elsewhere, and what is known of it.
let schema2 = """
  -- Every device that is known, this one included.
  CREATE TABLE devices (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,                  -- what it called itself in its last change
    last INTEGER NOT NULL,               -- the greatest sequence number held
    is_own INTEGER NOT NULL              -- 1 for this device, and for what it was before it got a new id
  ) STRICT;

  -- Bundle files in changes/.
  CREATE TABLE bundles (
    key INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    content BLOB                         -- the whole file, until it is known to be on the disk
  ) STRICT;

  CREATE INDEX bundles_unwritten ON bundles(key) WHERE content IS NOT NULL;

  -- Every change held. Its operations have the keys from `first` on, in their order, so that a name like
  -- 3f2a9c1e7b00aa11:4 leads to an operation.
  CREATE TABLE changes (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,                    -- the SHA-256 of its line
    device INTEGER NOT NULL REFERENCES devices(key),
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,                  -- what the device called itself then
    v INTEGER NOT NULL,                  -- of a version not known here nothing is applied
    at INTEGER NOT NULL,                 -- the time of its latest operation
    note TEXT,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    bundle INTEGER NOT NULL REFERENCES bundles(key)
  ) STRICT;

  CREATE INDEX changes_by_name ON changes(substr(id, 1, 16));
  CREATE INDEX changes_by_place ON changes(device, seq);
  CREATE INDEX changes_by_time ON changes(at);
  CREATE INDEX changes_by_bundle ON changes(bundle);

  -- Changes that another one names as its predecessor, and that have not arrived.
  CREATE TABLE absent (
    id TEXT NOT NULL,
    device INTEGER NOT NULL REFERENCES devices(key),
    seq INTEGER NOT NULL,
    PRIMARY KEY (id, device, seq)
  ) WITHOUT ROWID, STRICT;

  -- Operations that were replaced before they arrived: when they do, what they wrote to the same fields is dropped.
  CREATE TABLE awaited (
    change TEXT NOT NULL,                -- the first sixteen digits of its id
    place INTEGER NOT NULL,              -- the operation's place in it
    operation INTEGER NOT NULL,          -- the one that replaces it
    PRIMARY KEY (change, place, operation)
  ) WITHOUT ROWID, STRICT;

  -- Null while the operation has not been sealed.
  ALTER TABLE operations ADD COLUMN change INTEGER REFERENCES changes(key);

  CREATE INDEX operations_unsealed ON operations(key) WHERE change IS NULL;

  -- The journal of conflicts. The open ones follow from `writes`; those that have ended are only here.
  CREATE TABLE conflicts (
    id TEXT NOT NULL PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES tasks(key),
    field TEXT NOT NULL,
    sides TEXT NOT NULL,                 -- a JSON array: the keys of the operations, the winner first
    found_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by INTEGER                     -- the operation whose value the field has since; null if it grew into another
  ) WITHOUT ROWID, STRICT;

  CREATE INDEX conflicts_open ON conflicts(task, field) WHERE ended_at IS NULL;
  """
