-- Version 10 of the log: a check-in can be undone, and merged with those of another machine.
ALTER TABLE checkin ADD COLUMN undone_at_ms INTEGER; -- NULL: it counts

-- A change is to a session, to a block, or to the check-in of a day.
CREATE TABLE changes (
    id              INTEGER PRIMARY KEY,
    session         INTEGER REFERENCES session (id) ON DELETE CASCADE,
    block           INTEGER REFERENCES block (id) ON DELETE CASCADE,
    checkin         TEXT    REFERENCES checkin (on_day) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)), -- what it was before the change, as JSON
    merge           INTEGER,                          -- the number of the merge that it was part of; NULL if there was none
    CHECK ((session IS NOT NULL) + (block IS NOT NULL) + (checkin IS NOT NULL) = 1)
) STRICT;

INSERT INTO changes (id, session, block, changed_at_ms, before, merge)
SELECT id, session, block, changed_at_ms, before, merge FROM change;
DROP TABLE change;
ALTER TABLE changes RENAME TO change;
