-- Schema 2. What was sent to networks to ask them, and what they answered.
-- While a lookup goes on, `complete` is null and `hashed` is all that it is
-- going to send. One that is not complete is continued by the next one. An
-- answer without an account: asked, and nobody was found; as that is most
-- answers by far, all of a batch stand in one row, an address a line. Never a
-- hash: they can be turned back.
CREATE TABLE lookup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The run that it belongs to, once that is written down.
    run INTEGER REFERENCES run (id),
    host TEXT NOT NULL,
    at TEXT NOT NULL,
    pepper TEXT,
    hashed INTEGER NOT NULL,
    plain INTEGER NOT NULL,
    complete INTEGER
) STRICT;
CREATE TABLE answer (
    lookup INTEGER NOT NULL REFERENCES lookup (id),
    medium TEXT NOT NULL,
    addresses TEXT NOT NULL,
    mxid TEXT
) STRICT;
CREATE INDEX answer_by_lookup ON answer (lookup);
