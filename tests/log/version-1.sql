-- A log of database version 1, as pacebell wrote it. It never changes; a test migrates it.
PRAGMA application_id = 0x70616365;
PRAGMA user_version = 1;

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

INSERT INTO session (id, key, name, started_at_ms, utc_offset_s, planned_ms, steps_planned, active_ms, steps_done,
                     finished, rpe, logged_at_ms)
VALUES (1, x'00112233445566778899aabbccddeeff', 'Short intervals', 1700000000000, 3600, 1500000, 17, 330000, 1, 0, 6.5, 1700000900000);
INSERT INTO plan (session, sequence, settings, events_version, source_name, source)
VALUES (1, '{"version":1,"name":"Short intervals","about":"VO2max and speed: eight hard minutes, easy jogs between.","show_pace":true,"repeats":[{"id":0,"label":null,"of":8}],"steps":[{"id":0,"kind":"warmup","role":"warmup","label":null,"end":{"time":{"upper":300000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":0,"column":0,"length":0}},{"id":1,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":300000,"source":{"line":0,"column":0,"length":0}},{"id":2,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":8}],"cues":[],"offset":360000,"source":{"line":0,"column":0,"length":0}},{"id":3,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":420000,"source":{"line":0,"column":0,"length":0}},{"id":4,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":8}],"cues":[],"offset":480000,"source":{"line":0,"column":0,"length":0}},{"id":5,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":540000,"source":{"line":0,"column":0,"length":0}},{"id":6,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":8}],"cues":[],"offset":600000,"source":{"line":0,"column":0,"length":0}},{"id":7,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":4,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":660000,"source":{"line":0,"column":0,"length":0}},{"id":8,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":4,"of":8}],"cues":[],"offset":720000,"source":{"line":0,"column":0,"length":0}},{"id":9,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":5,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":780000,"source":{"line":0,"column":0,"length":0}},{"id":10,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":5,"of":8}],"cues":[],"offset":840000,"source":{"line":0,"column":0,"length":0}},{"id":11,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":6,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":900000,"source":{"line":0,"column":0,"length":0}},{"id":12,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":6,"of":8}],"cues":[],"offset":960000,"source":{"line":0,"column":0,"length":0}},{"id":13,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":7,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":1020000,"source":{"line":0,"column":0,"length":0}},{"id":14,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":7,"of":8}],"cues":[],"offset":1080000,"source":{"line":0,"column":0,"length":0}},{"id":15,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":8,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":1140000,"source":{"line":0,"column":0,"length":0}},{"id":16,"kind":"cooldown","role":"cooldown","label":null,"end":{"time":{"upper":300000,"lower":null}},"target":{"words":"walk","start":{"speed":1.3888888888888888,"relative":null,"zone":1,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":1200000,"source":{"line":0,"column":0,"length":0}}],"assumptions":[],"warnings":[]}', '{"belt":{"unit":"mph","step":0.1},"athlete":null}', 1, 'a.toml', 'text');
INSERT INTO event (session, number, at_ms, elapsed_ms, happened_at_ms, what) VALUES
    (1, 0, 0, 0, 1700000000000, '"started"'),
    (1, 1, 0, 0, 1700000000000, '{"step_began":{"step":0}}'),
    (1, 2, 300000, 300000, 1700000300000, '{"step_began":{"step":1}}');
INSERT INTO session (id, key, name, started_at_ms, utc_offset_s, planned_ms, steps_planned, active_ms, steps_done,
                     finished, rpe, logged_at_ms)
VALUES (2, x'ffeeddccbbaa99887766554433221100', 'Short intervals', 1700000000000, 3600, 1500000, 17, NULL, 1, 0, 6.5, NULL);
INSERT INTO plan (session, sequence, settings, events_version, source_name, source)
VALUES (2, '{"version":1,"name":"Short intervals","about":"VO2max and speed: eight hard minutes, easy jogs between.","show_pace":true,"repeats":[{"id":0,"label":null,"of":8}],"steps":[{"id":0,"kind":"warmup","role":"warmup","label":null,"end":{"time":{"upper":300000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":0,"column":0,"length":0}},{"id":1,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":300000,"source":{"line":0,"column":0,"length":0}},{"id":2,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":8}],"cues":[],"offset":360000,"source":{"line":0,"column":0,"length":0}},{"id":3,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":420000,"source":{"line":0,"column":0,"length":0}},{"id":4,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":8}],"cues":[],"offset":480000,"source":{"line":0,"column":0,"length":0}},{"id":5,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":540000,"source":{"line":0,"column":0,"length":0}},{"id":6,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":8}],"cues":[],"offset":600000,"source":{"line":0,"column":0,"length":0}},{"id":7,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":4,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":660000,"source":{"line":0,"column":0,"length":0}},{"id":8,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":4,"of":8}],"cues":[],"offset":720000,"source":{"line":0,"column":0,"length":0}},{"id":9,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":5,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":780000,"source":{"line":0,"column":0,"length":0}},{"id":10,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":5,"of":8}],"cues":[],"offset":840000,"source":{"line":0,"column":0,"length":0}},{"id":11,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":6,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":900000,"source":{"line":0,"column":0,"length":0}},{"id":12,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":6,"of":8}],"cues":[],"offset":960000,"source":{"line":0,"column":0,"length":0}},{"id":13,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":7,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":1020000,"source":{"line":0,"column":0,"length":0}},{"id":14,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":2.5,"relative":null,"zone":2,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":7,"of":8}],"cues":[],"offset":1080000,"source":{"line":0,"column":0,"length":0}},{"id":15,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":3.888888888888889,"relative":null,"zone":5,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":8,"of":8}],"cues":[{"when":{"at":10000},"text":"relax your shoulders"}],"offset":1140000,"source":{"line":0,"column":0,"length":0}},{"id":16,"kind":"cooldown","role":"cooldown","label":null,"end":{"time":{"upper":300000,"lower":null}},"target":{"words":"walk","start":{"speed":1.3888888888888888,"relative":null,"zone":1,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":1200000,"source":{"line":0,"column":0,"length":0}}],"assumptions":[],"warnings":[]}', '{"belt":{"unit":"mph","step":0.1},"athlete":null}', 1, 'a.toml', 'text');
INSERT INTO event (session, number, at_ms, elapsed_ms, happened_at_ms, what) VALUES
    (2, 0, 0, 0, 1700000000000, '"started"'),
    (2, 1, 0, 0, 1700000000000, '{"step_began":{"step":0}}'),
    (2, 2, 300000, 300000, 1700000300000, '{"step_began":{"step":1}}');
INSERT INTO lap (session, number, step, name, from_ms, to_ms, complete)
VALUES (1, 0, 0, 'easy', 0, 300000, 1), (1, 1, 1, 'hard', 300000, 330000, 0);
