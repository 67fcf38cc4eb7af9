-- A log of database version 12 with events of version 6, as pacebell wrote it. It never changes; a test resumes its session.
PRAGMA application_id = 0x70616365;
PRAGMA user_version = 12;

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
, activity TEXT NOT NULL DEFAULT 'run' CHECK (activity <> ''), changed_at_ms INTEGER, block INTEGER REFERENCES block (id) ON DELETE SET NULL, item TEXT, imported_from TEXT CHECK (imported_from <> ''), maker TEXT, elapsed_ms INTEGER CHECK (elapsed_ms >= 0), mean_heart INTEGER CHECK (mean_heart > 0), highest_heart INTEGER CHECK (highest_heart > 0)) STRICT;
CREATE TABLE plan (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    sequence        TEXT    NOT NULL CHECK (json_valid(sequence)), -- the compiled steps with their speeds, as JSON
    settings        TEXT    NOT NULL CHECK (json_valid(settings)), -- the belt and the athlete's figures, as JSON
    events_version  INTEGER NOT NULL CHECK (events_version > 0), -- the version of `event.what`
    source_name     TEXT    NOT NULL,                 -- the workout's file, or `notation`
    source          TEXT    NOT NULL                  -- the workout's text
) STRICT;
CREATE TABLE event (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's clock, which starts at 0 and never stops
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- active time
    happened_at_ms  INTEGER NOT NULL,
    what            TEXT    NOT NULL CHECK (json_valid(what)), -- JSON
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE position (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's clock
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- active time
    seen_at_ms      INTEGER NOT NULL
) STRICT;
CREATE TABLE lap (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    step            INTEGER CHECK (step >= 0),        -- the step's id in the plan; NULL after the last step
    name            TEXT    NOT NULL,                 -- the name on the screen
    from_ms         INTEGER NOT NULL CHECK (from_ms >= 0), -- active time
    to_ms           INTEGER NOT NULL CHECK (to_ms >= 0),
    complete        INTEGER NOT NULL CHECK (complete IN (0, 1)), distance_m REAL CHECK (distance_m >= 0), mean_heart INTEGER CHECK (mean_heart > 0), -- 1: the step reached its own end
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE zone_time (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    zone            INTEGER NOT NULL CHECK (zone BETWEEN -1 AND 5), -- 0 standing, 5 hardest, -1 for no zone
    time_ms         INTEGER NOT NULL CHECK (time_ms >= 0),
    PRIMARY KEY (session, zone)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    question        TEXT    NOT NULL,
    answer          TEXT    NOT NULL,
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
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
, workouts TEXT CHECK (json_valid(workouts))) STRICT;
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
CREATE TABLE checkin (
    on_day          TEXT    PRIMARY KEY CHECK (date(on_day) IS on_day), -- the local date
    sleep           INTEGER NOT NULL CHECK (sleep BETWEEN 1 AND 5),     -- 5 is good on every scale
    soreness        INTEGER NOT NULL CHECK (soreness BETWEEN 1 AND 5),
    energy          INTEGER NOT NULL CHECK (energy BETWEEN 1 AND 5),
    mood            INTEGER NOT NULL CHECK (mood BETWEEN 1 AND 5),
    resting_heart   INTEGER CHECK (resting_heart BETWEEN 20 AND 200),   -- beats per minute; NULL: not measured
    must_stop       INTEGER NOT NULL DEFAULT 0 CHECK (must_stop IN (0, 1)), -- 1: pain, illness or an injury
    answered_at_ms  INTEGER NOT NULL
, undone_at_ms INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE win (
    id              INTEGER PRIMARY KEY,
    action          TEXT    NOT NULL CHECK (action <> ''), -- as it was called that day
    at_ms           INTEGER NOT NULL,
    utc_offset_s    INTEGER NOT NULL CHECK (utc_offset_s BETWEEN -86399 AND 86399), -- of the local time; positive is east
    timed           INTEGER NOT NULL DEFAULT 0 CHECK (timed IN (0, 1)), -- 1: done to the clock with `pacebell day now`
    undone_at_ms    INTEGER,                          -- NULL: it counts
    UNIQUE (action, at_ms)
) STRICT;
CREATE TABLE nudge (
    action          TEXT    PRIMARY KEY,              -- the name in small letters
    at_ms           INTEGER,                          -- reminded, or let go; NULL: not yet
    utc_offset_s    INTEGER,                          -- of the local time then
    later_at_ms     INTEGER                           -- remind again; NULL: `later` was not chosen
) STRICT, WITHOUT ROWID;
CREATE TABLE day_moment (
    what            TEXT    PRIMARY KEY CHECK (what IN ('sitting', 'tick', 'quiet', 'held')),
    at_ms           INTEGER NOT NULL -- since when; `quiet`: until when
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "change" (
    id              INTEGER PRIMARY KEY,
    session         INTEGER REFERENCES session (id) ON DELETE CASCADE,
    block           INTEGER REFERENCES block (id) ON DELETE CASCADE,
    checkin         TEXT    REFERENCES checkin (on_day) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)), -- what it was before the change, as JSON
    merge           INTEGER,                          -- the number of the merge that it was part of; NULL if there was none
    CHECK ((session IS NOT NULL) + (block IS NOT NULL) + (checkin IS NOT NULL) = 1)
) STRICT;
CREATE TABLE sample (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    minute          INTEGER NOT NULL CHECK (minute >= 0), -- of active time, from 0
    data            BLOB    NOT NULL CHECK (length(data) % 8 = 0),
    PRIMARY KEY (session, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_start ON session (started_at_ms);
CREATE INDEX session_by_block ON session (block) WHERE block IS NOT NULL;
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
    note,
    activity,
    imported_from,
    mean_heart
FROM session
WHERE logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL AND speed = 1
ORDER BY started_at_ms
;
CREATE INDEX win_by_time ON win (at_ms);
CREATE INDEX plan_of_time_trial ON plan (session) WHERE instr(sequence, 'time-trial') > 0;
CREATE INDEX plan_with_estimates ON plan (session) WHERE instr(sequence, '"suggested":') > 0;
CREATE INDEX plan_bent_before ON plan (session) WHERE instr(sequence, '"bends":') > 0;
CREATE INDEX event_that_bends ON event (session) WHERE instr(what, '"bent"') > 0;
INSERT INTO session VALUES(1,X'ebb56a57ab015cf6258706dfe19a77b6','3s 12km/h, 20-60s 8km/h, 1min easy',1796055137052,0,123000,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1.0,0,NULL,NULL,'run',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "plan" VALUES(1,'{"version":1,"name":"3s 12km/h, 20-60s 8km/h, 1min easy","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":3000,"lower":null}},"target":{"words":"12 km/h","start":{"speed":3.333333333333333,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[3.333333333333333,3.333333333333333],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":1,"column":1,"length":9}},{"id":1,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":20000}},"target":{"words":"8 km/h","start":{"speed":2.2222222222222223,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[2.2222222222222223,2.2222222222222223],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":3000,"source":{"line":1,"column":12,"length":12}},{"id":2,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":63000,"source":{"line":1,"column":26,"length":9}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',6,'notation','3s 12km/h, 20-60s 8km/h, 1min easy');
INSERT INTO event VALUES(1,0,8,0,1796055137061,'"started"');
INSERT INTO event VALUES(1,1,8,0,1796055137068,'{"step_began":{"step":0}}');
INSERT INTO event VALUES(1,2,3008,3000,1796055140064,'{"step_began":{"step":1}}');
INSERT INTO position VALUES(1,8539,8531,1796055145592);
