-- Schema 7. The rooms of the user's own in which several of the people are who are
-- known: their accounts, one a line, and how many others are there. Each look at
-- the rooms writes all of them anew; only the last look counts.
CREATE TABLE room (
    lookup INTEGER NOT NULL REFERENCES lookup (id),
    name TEXT,
    members TEXT NOT NULL,
    others INTEGER NOT NULL
) STRICT;
CREATE INDEX room_by_lookup ON room (lookup);
