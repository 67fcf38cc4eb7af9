-- A log of database version 4, as pacebell wrote it. It never changes; a test migrates it.
PRAGMA application_id = 0x70616365;
PRAGMA user_version = 4;

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
, activity TEXT NOT NULL DEFAULT 'run' CHECK (activity <> ''), changed_at_ms INTEGER) STRICT;
INSERT INTO session VALUES(1,X'99ff0aff6019a8ebf463dde09489f786','45min easy',1795156200000,3600,2700000,1,2700000,1,1,3.0,NULL,NULL,NULL,NULL,1.0,1,1795980818713,NULL,'run',1795980818713);
INSERT INTO session VALUES(2,X'342b5d77682e564992c379964ccf0f7f','3×(2min hard, 1min easy)',1795366800000,3600,540000,6,540000,6,1,7.0,NULL,NULL,'good','new shoes',1.0,1,1795980818747,NULL,'run',1795980818828);
INSERT INTO session VALUES(3,X'9c40ed2a5039f09191f6c9e610f1b86d','20min easy',1795453200000,3600,1200000,1,1200000,1,1,NULL,NULL,NULL,NULL,NULL,1.0,1,1795980818778,1795980818814,'run',1795980818814);
INSERT INTO session VALUES(4,X'a4fffa1c063b6e7cae04692c1fb00534','Circuit',1795539600000,3600,60000,2,60000,2,1,NULL,NULL,NULL,NULL,NULL,1.0,1,1795980818866,NULL,'strength',1795980818866);
INSERT INTO session VALUES(5,X'522e6e4dc1a03192c2dad32a62ccaf8c','60s easy, 60s hard',1795980818899,3600,120000,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1.0,0,NULL,NULL,'run',NULL);
CREATE TABLE plan (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    sequence        TEXT    NOT NULL CHECK (json_valid(sequence)), -- the compiled steps with their speeds, as JSON
    settings        TEXT    NOT NULL CHECK (json_valid(settings)), -- the belt and the athlete's figures, as JSON
    events_version  INTEGER NOT NULL CHECK (events_version > 0), -- the version of `event.what`
    source_name     TEXT    NOT NULL,                 -- the workout's file, or `notation`
    source          TEXT    NOT NULL                  -- the workout's text
) STRICT;
INSERT INTO "plan" VALUES(1,'{"version":1,"name":"45min easy","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":2700000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":1,"column":1,"length":10}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',4,'notation','45min easy');
INSERT INTO "plan" VALUES(2,'{"version":1,"name":"3×(2min hard, 1min easy)","about":null,"show_pace":true,"repeats":[{"id":0,"label":null,"of":3}],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"hard","start":{"speed":null,"relative":{"base":"hard","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":9},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":0,"source":{"line":1,"column":4,"length":9}},{"id":1,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":120000,"source":{"line":1,"column":15,"length":9}},{"id":2,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"hard","start":{"speed":null,"relative":{"base":"hard","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":9},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":180000,"source":{"line":1,"column":4,"length":9}},{"id":3,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":300000,"source":{"line":1,"column":15,"length":9}},{"id":4,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"hard","start":{"speed":null,"relative":{"base":"hard","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":9},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":3}],"cues":[],"offset":360000,"source":{"line":1,"column":4,"length":9}},{"id":5,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":3}],"cues":[],"offset":480000,"source":{"line":1,"column":15,"length":9}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',4,'notation','3×(2min hard, 1min easy)');
INSERT INTO "plan" VALUES(3,'{"version":1,"name":"20min easy","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":1200000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":1,"column":1,"length":10}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',4,'notation','20min easy');
INSERT INTO "plan" VALUES(4,'{"version":1,"name":"Circuit","activity":"strength","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":40000,"lower":null}},"target":{"words":"squats","start":{"speed":null,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":3,"column":11,"length":12}},{"id":1,"kind":"rest","role":"between","label":null,"end":{"time":{"upper":20000,"lower":null}},"target":{"words":"rest","start":{"speed":null,"relative":{"base":"rest","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":null,"rank":0},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":40000,"source":{"line":3,"column":27,"length":8}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',4,'st.toml',replace('name = "Circuit"\nactivity = "strength"\nsteps = ["40s ''squats''", "20s rest"]\n','\n',char(10)));
INSERT INTO "plan" VALUES(5,'{"version":1,"name":"60s easy, 60s hard","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":1,"column":1,"length":8}},{"id":1,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"hard","start":{"speed":null,"relative":{"base":"hard","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":9},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":60000,"source":{"line":1,"column":11,"length":8}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',4,'notation','60s easy, 60s hard');
CREATE TABLE event (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's clock, which starts at 0 and never stops
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- active time
    happened_at_ms  INTEGER NOT NULL,
    what            TEXT    NOT NULL CHECK (json_valid(what)), -- JSON
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
INSERT INTO event VALUES(5,0,2,0,1795980818903,'"started"');
INSERT INTO event VALUES(5,1,2,0,1795980818903,'{"step_began":{"step":0}}');
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
    complete        INTEGER NOT NULL CHECK (complete IN (0, 1)), distance_m REAL CHECK (distance_m >= 0), -- 1: the step reached its own end
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
INSERT INTO lap VALUES(1,0,0,'easy',0,2700000,1,NULL);
INSERT INTO lap VALUES(2,0,0,'hard',0,120000,1,NULL);
INSERT INTO lap VALUES(2,1,1,'easy',120000,180000,1,NULL);
INSERT INTO lap VALUES(2,2,2,'hard',180000,300000,1,NULL);
INSERT INTO lap VALUES(2,3,3,'easy',300000,360000,1,NULL);
INSERT INTO lap VALUES(2,4,4,'hard',360000,480000,1,NULL);
INSERT INTO lap VALUES(2,5,5,'easy',480000,540000,1,NULL);
INSERT INTO lap VALUES(3,0,0,'easy',0,1200000,1,NULL);
INSERT INTO lap VALUES(4,0,0,'squats',0,40000,1,NULL);
INSERT INTO lap VALUES(4,1,1,'rest',40000,60000,1,NULL);
CREATE TABLE zone_time (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    zone            INTEGER NOT NULL CHECK (zone BETWEEN -1 AND 5), -- 0 standing, 5 hardest, -1 for no zone
    time_ms         INTEGER NOT NULL CHECK (time_ms >= 0),
    PRIMARY KEY (session, zone)
) STRICT, WITHOUT ROWID;
INSERT INTO zone_time VALUES(1,2,2700000);
INSERT INTO zone_time VALUES(2,2,180000);
INSERT INTO zone_time VALUES(2,5,360000);
INSERT INTO zone_time VALUES(3,2,1200000);
CREATE TABLE answer (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    question        TEXT    NOT NULL,
    answer          TEXT    NOT NULL,
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE change (
    id              INTEGER PRIMARY KEY,
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)) -- the session before the change, as JSON
, merge INTEGER) STRICT;
INSERT INTO change VALUES(1,1,1795980818713,'{"name":"45min easy","started_at_ms":1795156200000,"utc_offset_s":3600,"answers":{"rpe":3.0,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1795980818713}',NULL);
INSERT INTO change VALUES(2,2,1795980818747,'{"name":"3×(2min hard, 1min easy)","started_at_ms":1795366800000,"utc_offset_s":3600,"answers":{"rpe":7.0,"breath":null,"feel":null,"note":"new shoes","own":[]},"deleted_at_ms":1795980818747}',NULL);
INSERT INTO change VALUES(3,3,1795980818778,'{"name":"20min easy","started_at_ms":1795453200000,"utc_offset_s":3600,"answers":{"rpe":null,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1795980818778}',NULL);
INSERT INTO change VALUES(4,3,1795980818814,'{"name":"20min easy","started_at_ms":1795453200000,"utc_offset_s":3600,"answers":{"rpe":null,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":null}',NULL);
INSERT INTO change VALUES(5,2,1795980818828,'{"name":"3×(2min hard, 1min easy)","started_at_ms":1795366800000,"utc_offset_s":3600,"answers":{"rpe":7.0,"breath":null,"feel":null,"note":"new shoes","own":[]},"deleted_at_ms":null}',NULL);
INSERT INTO change VALUES(6,4,1795980818866,'{"name":"Circuit","started_at_ms":1795539600000,"utc_offset_s":3600,"answers":{"rpe":null,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1795980818866}',NULL);
CREATE INDEX session_by_start ON session (started_at_ms);
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
    activity
FROM session
WHERE logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL AND speed = 1
ORDER BY started_at_ms
;
