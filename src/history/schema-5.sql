-- Version 5 of the log: the plans that the runner follows, and the choices about their sessions.
--
-- Days are local dates: `2026-12-07`. A plan and its dates are a block.

-- One row per plan that was started. At most one is on: neither ended nor deleted.
CREATE TABLE block (
    id              INTEGER PRIMARY KEY,
    key             BLOB    NOT NULL UNIQUE DEFAULT (randomblob(16)) CHECK (length(key) = 16), -- the same in every copy
    name            TEXT    NOT NULL,                 -- the plan's name
    source_name     TEXT    NOT NULL,                 -- the plan's file
    source          TEXT    NOT NULL,                 -- the plan's text, as it was started or last updated
    anchor          TEXT    NOT NULL CHECK (anchor IN ('start', 'race')),
    anchor_on       TEXT    NOT NULL CHECK (date(anchor_on) IS anchor_on), -- a day of the first week, or race day
    from_on         TEXT    NOT NULL CHECK (date(from_on) IS from_on), -- earlier days of the plan are left out
    earlier         TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(earlier)), -- the texts before each update, as JSON
    began_at_ms     INTEGER NOT NULL,
    ended_at_ms     INTEGER,                          -- NULL: not ended
    changed_at_ms   INTEGER NOT NULL,                 -- started, updated, ended or brought back
    deleted_at_ms   INTEGER                           -- NULL: not deleted; starting a plan was undone
) STRICT;

-- The choices about a plan's sessions in order. A later choice about an item goes before an earlier one.
CREATE TABLE choice (
    id              INTEGER PRIMARY KEY,
    block           INTEGER NOT NULL REFERENCES block (id) ON DELETE CASCADE,
    item            TEXT    NOT NULL,                 -- the session in the plan: `w3-sun-1`, `w3-any-2`
    what            TEXT    NOT NULL CHECK (what IN ('move', 'skip', 'take', 'shift')),
    value           TEXT,                             -- a date, an alternative, or a number of weeks
    at_ms           INTEGER NOT NULL,
    undone_at_ms    INTEGER,                          -- NULL: it holds
    UNIQUE (block, at_ms)
) STRICT;

-- The session of a plan that was run. NULL: it was not run from a plan.
ALTER TABLE session ADD COLUMN block INTEGER REFERENCES block (id) ON DELETE SET NULL;
ALTER TABLE session ADD COLUMN item TEXT;

CREATE INDEX session_by_block ON session (block) WHERE block IS NOT NULL;

-- A change is to a session or to a block.
CREATE TABLE changes (
    id              INTEGER PRIMARY KEY,
    session         INTEGER REFERENCES session (id) ON DELETE CASCADE,
    block           INTEGER REFERENCES block (id) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)), -- the session or the block before the change, as JSON
    merge           INTEGER,                          -- the number of the merge that it was part of; NULL if there was none
    CHECK ((session IS NULL) <> (block IS NULL))
) STRICT;

INSERT INTO changes (id, session, changed_at_ms, before, merge)
SELECT id, session, changed_at_ms, before, merge FROM change;
DROP TABLE change;
ALTER TABLE changes RENAME TO change;
