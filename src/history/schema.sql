-- pacebell's log, version 1: every session, as it was planned and as it was run.
--
-- Columns that end in _at_ms are moments, in milliseconds since 1970-01-01 00:00 UTC; other columns that end in _ms
-- are lengths of time in milliseconds. Times "of the session" are active time: pauses do not count. The view `log`
-- at the end is the place to begin for whoever wants to ask a question of their own.

-- One row for each session.
CREATE TABLE session (
    id              INTEGER PRIMARY KEY,
    key             BLOB    NOT NULL UNIQUE DEFAULT (randomblob(16)) CHECK (length(key) = 16), -- the same in any copy
    name            TEXT    NOT NULL,                 -- the workout's name
    started_at_ms   INTEGER NOT NULL CHECK (started_at_ms BETWEEN -62135510400000 AND 253402214400000), -- years 1 to 9999
    utc_offset_s    INTEGER NOT NULL CHECK (utc_offset_s BETWEEN -86399 AND 86399), -- of the local time, east positive
    planned_ms      INTEGER CHECK (planned_ms >= 0),  -- what was planned; NULL where an end was left open
    steps_planned   INTEGER NOT NULL CHECK (steps_planned >= 0),
    active_ms       INTEGER CHECK (active_ms >= 0),   -- what was run; NULL until it is logged
    steps_done      INTEGER CHECK (steps_done >= 0),  -- how many steps reached their own end; NULL until it is logged
    finished        INTEGER CHECK (finished IN (0, 1)), -- 1: went through its last step; NULL until it is logged
    rpe             REAL    CHECK (rpe BETWEEN 0 AND 10),            -- perceived effort, Borg's CR-10
    breathlessness  REAL    CHECK (breathlessness BETWEEN 0 AND 10), -- modified Borg scale
    talk            TEXT    CHECK (talk IN ('sentences', 'phrases', 'gasps')), -- the talk test, where it was that
    feel            TEXT    CHECK (feel IN ('great', 'good', 'so-so', 'bad', 'awful')),
    note            TEXT,
    speed           REAL    NOT NULL DEFAULT 1 CHECK (speed BETWEEN 1 AND 1000), -- how many times as fast; 1: it was run
    by_hand         INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)), -- 1: added to the log, not timed
    logged_at_ms    INTEGER,                          -- NULL: not over yet; it can be resumed
    deleted_at_ms   INTEGER                           -- NULL: not deleted; a deleted one can be brought back
) STRICT;

CREATE INDEX session_by_start ON session (started_at_ms);

-- What was planned, as it was that day: enough to go on with a session when its file is gone.
CREATE TABLE plan (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    sequence        TEXT    NOT NULL CHECK (json_valid(sequence)), -- the compiled steps with their speeds; JSON
    settings        TEXT    NOT NULL CHECK (json_valid(settings)), -- the belt, and the athlete's figures; JSON
    events_version  INTEGER NOT NULL CHECK (events_version > 0), -- the version of `event.what`
    source_name     TEXT    NOT NULL,                 -- the file that it came from, or what was typed
    source          TEXT    NOT NULL                  -- its text
) STRICT;

-- What happened, in order. Given to the same program again, these events rebuild the session.
CREATE TABLE event (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's own clock, which starts at 0 and never stops
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- time of the session
    happened_at_ms  INTEGER NOT NULL,
    what            TEXT    NOT NULL CHECK (json_valid(what)), -- JSON
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

-- Where a session that is not over was last seen, written every few seconds.
CREATE TABLE position (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's own clock
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- time of the session
    seen_at_ms      INTEGER NOT NULL
) STRICT;

-- What was run of each step, in order: one row for each visit.
CREATE TABLE lap (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    step            INTEGER CHECK (step >= 0),        -- the step's id in the plan; NULL: after the last step
    name            TEXT    NOT NULL,                 -- what the screen called it
    from_ms         INTEGER NOT NULL CHECK (from_ms >= 0), -- time of the session
    to_ms           INTEGER NOT NULL CHECK (to_ms >= 0),
    complete        INTEGER NOT NULL CHECK (complete IN (0, 1)), -- 1: the step reached its own end
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

-- How long was run in each planned zone. A lap that ramps from one zone to another counts half for each.
CREATE TABLE zone_time (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    zone            INTEGER NOT NULL CHECK (zone BETWEEN -1 AND 5), -- 0 standing, 5 hard, -1 where none was planned
    time_ms         INTEGER NOT NULL CHECK (time_ms >= 0),
    PRIMARY KEY (session, zone)
) STRICT, WITHOUT ROWID;

-- Answers to the workout's own questions, in the order in which they were asked.
CREATE TABLE answer (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    question        TEXT    NOT NULL,
    answer          TEXT    NOT NULL,
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

-- What the log's own changes replaced, to be undone: the latest first.
CREATE TABLE change (
    id              INTEGER PRIMARY KEY,
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)) -- what it was before; JSON
) STRICT;

-- The log as a runner reads it. Rehearsals, deleted sessions and those that are not over are not in it.
CREATE VIEW log AS
SELECT
    id,
    strftime('%Y-%m-%d', started_at_ms / 1000 + utc_offset_s, 'unixepoch') AS date, -- local
    strftime('%H:%M', started_at_ms / 1000 + utc_offset_s, 'unixepoch') AS time,    -- local
    name,
    planned_ms / 60000.0 AS minutes_planned,
    active_ms / 60000.0 AS minutes,
    rpe,
    breathlessness,
    talk,
    feel,
    rpe * active_ms / 60000.0 AS load,                 -- session RPE (Foster 2001): RPE × minutes
    note
FROM session
WHERE logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL AND speed = 1
ORDER BY started_at_ms;
