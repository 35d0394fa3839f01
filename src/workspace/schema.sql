-- Schema 1. Findings are kept per source; contacts and groups are always
-- worked out from them.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    command TEXT NOT NULL,
    snapshot TEXT NOT NULL
) STRICT;
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    hash BLOB NOT NULL UNIQUE,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    read INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    finding TEXT NOT NULL,
    problems TEXT NOT NULL
) STRICT;
-- The ledger: by which traces a contact was known under which id.
CREATE TABLE anchor (anchor TEXT PRIMARY KEY, age INTEGER NOT NULL, contact TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE merged (old TEXT PRIMARY KEY, new TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE decision (
    contact TEXT NOT NULL,
    what TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (contact, what)
) STRICT, WITHOUT ROWID;
