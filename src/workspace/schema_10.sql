-- Schema 10. Until when a host wants to be left alone with what it is asked in a step,
-- also where it said so before anything was looked up.
CREATE TABLE pause (
    host TEXT NOT NULL,
    step TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (host, step)
) STRICT, WITHOUT ROWID;
INSERT INTO pause (host, step, until)
    SELECT host, step, again FROM lookup WHERE again IS NOT NULL AND id = (
        SELECT max(id) FROM lookup AS last WHERE last.host = lookup.host AND last.step = lookup.step
    );
ALTER TABLE lookup DROP COLUMN again;
