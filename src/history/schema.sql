-- Version 1 of pacebell's log: every session, as planned and as run.
--
-- Columns that end in _at_ms are points in time, in milliseconds since 1970-01-01 00:00 UTC. Other columns that end in
-- _ms are durations in milliseconds. Active time does not include pauses. To query the log yourself, start with the view
-- `log` at the end.

-- One row per session.
CREATE TABLE session (
    id              INTEGER PRIMARY KEY,
    key             BLOB    NOT NULL UNIQUE DEFAULT (randomblob(16)) CHECK (length(key) = 16), -- the same in every copy
    name            TEXT    NOT NULL,                 -- the workout's name
    started_at_ms   INTEGER NOT NULL CHECK (started_at_ms BETWEEN -62135510400000 AND 253402214400000), -- years 1 to 9999
    utc_offset_s    INTEGER NOT NULL CHECK (utc_offset_s BETWEEN -86399 AND 86399), -- of the local time; positive is east
    planned_ms      INTEGER CHECK (planned_ms >= 0),  -- planned time; NULL if a step had no planned end
    steps_planned   INTEGER NOT NULL CHECK (steps_planned >= 0),
    active_ms       INTEGER CHECK (active_ms >= 0),   -- active time; NULL until logged
    steps_done      INTEGER CHECK (steps_done >= 0),  -- steps that reached their own end; NULL until logged
    finished        INTEGER CHECK (finished IN (0, 1)), -- 1: went through the last step; NULL until logged
    rpe             REAL    CHECK (rpe BETWEEN 0 AND 10),            -- perceived effort, Borg's CR-10
    breathlessness  REAL    CHECK (breathlessness BETWEEN 0 AND 10), -- modified Borg scale
    talk            TEXT    CHECK (talk IN ('sentences', 'phrases', 'gasps')), -- talk test, asked instead of breathlessness
    feel            TEXT    CHECK (feel IN ('great', 'good', 'so-so', 'bad', 'awful')),
    note            TEXT,
    speed           REAL    NOT NULL DEFAULT 1 CHECK (speed BETWEEN 1 AND 1000), -- speed factor: 1 for a run, more for a rehearsal
    by_hand         INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)), -- 1: added to the log, not timed
    logged_at_ms    INTEGER,                          -- NULL: unfinished; it can be resumed
    deleted_at_ms   INTEGER                           -- NULL: not deleted; deleting can be undone
) STRICT;

CREATE INDEX session_by_start ON session (started_at_ms);

-- The plan of that day. A session can be resumed from it even if the workout's file is gone.
CREATE TABLE plan (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    sequence        TEXT    NOT NULL CHECK (json_valid(sequence)), -- the compiled steps with their speeds, as JSON
    settings        TEXT    NOT NULL CHECK (json_valid(settings)), -- the belt and the athlete's figures, as JSON
    events_version  INTEGER NOT NULL CHECK (events_version > 0), -- the version of `event.what`
    source_name     TEXT    NOT NULL,                 -- the workout's file, or `notation`
    source          TEXT    NOT NULL                  -- the workout's text
) STRICT;

-- The events of a session in order. Replaying them restores the session.
CREATE TABLE event (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's clock, which starts at 0 and never stops
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- active time
    happened_at_ms  INTEGER NOT NULL,
    what            TEXT    NOT NULL CHECK (json_valid(what)), -- JSON
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

-- How far an unfinished session has come, written every few seconds.
CREATE TABLE position (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's clock
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- active time
    seen_at_ms      INTEGER NOT NULL
) STRICT;

-- The laps in order: one for each visit to a step.
CREATE TABLE lap (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    step            INTEGER CHECK (step >= 0),        -- the step's id in the plan; NULL after the last step
    name            TEXT    NOT NULL,                 -- the name on the screen
    from_ms         INTEGER NOT NULL CHECK (from_ms >= 0), -- active time
    to_ms           INTEGER NOT NULL CHECK (to_ms >= 0),
    complete        INTEGER NOT NULL CHECK (complete IN (0, 1)), -- 1: the step reached its own end
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

-- The active time in each planned zone. A lap that ramps from one zone to another counts half for each.
CREATE TABLE zone_time (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    zone            INTEGER NOT NULL CHECK (zone BETWEEN -1 AND 5), -- 0 standing, 5 hardest, -1 for no zone
    time_ms         INTEGER NOT NULL CHECK (time_ms >= 0),
    PRIMARY KEY (session, zone)
) STRICT, WITHOUT ROWID;

-- The answers to the workout's own questions, in the order of the questions.
CREATE TABLE answer (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    question        TEXT    NOT NULL,
    answer          TEXT    NOT NULL,
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

-- What each change to the log replaced. Undoing takes the latest first.
CREATE TABLE change (
    id              INTEGER PRIMARY KEY,
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)) -- the session before the change, as JSON
) STRICT;

-- The log without rehearsals, deleted sessions and unfinished ones.
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
