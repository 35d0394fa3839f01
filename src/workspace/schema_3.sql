-- Schema 3. A lookup is one step of asking: the identity server, or one of
-- those at the user's own homeserver. Those tell of accounts; whose these are
-- is worked out each time. An account without a Matrix ID: asked, and nobody
-- was found.
ALTER TABLE lookup ADD COLUMN step TEXT NOT NULL DEFAULT 'identity';
CREATE TABLE sighting (
    lookup INTEGER NOT NULL REFERENCES lookup (id),
    way TEXT NOT NULL,
    asked TEXT,
    mxid TEXT,
    name TEXT
) STRICT;
CREATE INDEX sighting_by_lookup ON sighting (lookup);
