-- Schema 4. What the user decided about who is who. A ruling names people by
-- their identities and names, as JSON, for ids alone would not survive what is
-- imported later. Those that answer a question bear its id and the answer.
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    question TEXT,
    answer TEXT,
    what TEXT NOT NULL
) STRICT;
-- The ids of questions: opaque and random, as those of contacts are.
CREATE TABLE question (key TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID;
-- By what the workspace is told from others in files that come back: one row.
CREATE TABLE workspace (token TEXT NOT NULL) STRICT;
