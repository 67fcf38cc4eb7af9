-- Version 9 of the log: the small wins of the day, and what the reminders for them keep from tick to tick.

-- One row per win: an action of `day.toml` that was done.
CREATE TABLE win (
    id              INTEGER PRIMARY KEY,
    action          TEXT    NOT NULL CHECK (action <> ''), -- as it was called that day
    at_ms           INTEGER NOT NULL,
    utc_offset_s    INTEGER NOT NULL CHECK (utc_offset_s BETWEEN -86399 AND 86399), -- of the local time; positive is east
    timed           INTEGER NOT NULL DEFAULT 0 CHECK (timed IN (0, 1)), -- 1: done to the clock with `pacebell day now`
    undone_at_ms    INTEGER,                          -- NULL: it counts
    UNIQUE (action, at_ms)
) STRICT;

CREATE INDEX win_by_time ON win (at_ms);

-- The last reminder of each action.
CREATE TABLE nudge (
    action          TEXT    PRIMARY KEY,              -- the name in small letters
    at_ms           INTEGER,                          -- reminded, or let go; NULL: not yet
    utc_offset_s    INTEGER,                          -- of the local time then
    later_at_ms     INTEGER                           -- remind again; NULL: `later` was not chosen
) STRICT, WITHOUT ROWID;

-- Single moments of the day.
CREATE TABLE day_moment (
    what            TEXT    PRIMARY KEY CHECK (what IN ('sitting', 'tick', 'quiet', 'held')),
    at_ms           INTEGER NOT NULL -- since when; `quiet`: until when
) STRICT, WITHOUT ROWID;
