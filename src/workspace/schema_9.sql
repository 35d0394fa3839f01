-- Schema 9. Rooms that are made for somebody at a homeserver. Each stands here
-- with its token before it is asked for; the same token is in the room, by which
-- it is found again if the answer was lost. `whom` is a Matrix ID, an e-mail
-- address, or the title of a group or a space; `guests` those who were invited, one a
-- line. `pending` is the e-mail address that is being invited, and behind it how
-- many the room expected before.
CREATE TABLE errand (
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    whom TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    asked TEXT NOT NULL,
    room TEXT,
    guests TEXT NOT NULL DEFAULT '',
    pending TEXT,
    PRIMARY KEY (account, kind, whom)
) STRICT, WITHOUT ROWID;
