-- Schema 6. What Signal's directory answered about numbers and usernames, all of
-- a lookup with the same answer in one row, an address a line. Found is 'account',
-- or 'registered' where no account was named; null: asked, and nobody was found.
CREATE TABLE signal_answer (
    lookup INTEGER NOT NULL REFERENCES lookup (id),
    medium TEXT NOT NULL,
    addresses TEXT NOT NULL,
    found TEXT
) STRICT;
CREATE INDEX signal_answer_by_lookup ON signal_answer (lookup);
-- From when on a host that wants to be left alone may be asked again.
ALTER TABLE lookup ADD COLUMN again TEXT;
