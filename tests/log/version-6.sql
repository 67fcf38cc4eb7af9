-- A log of database version 6, as pacebell wrote it. It never changes; a test migrates it.
PRAGMA application_id = 0x70616365;
PRAGMA user_version = 6;

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
, activity TEXT NOT NULL DEFAULT 'run' CHECK (activity <> ''), changed_at_ms INTEGER, block INTEGER REFERENCES block (id) ON DELETE SET NULL, item TEXT) STRICT;
CREATE INDEX session_by_start ON session (started_at_ms);
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
    complete        INTEGER NOT NULL CHECK (complete IN (0, 1)), distance_m REAL CHECK (distance_m >= 0), -- 1: the step reached its own end
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
ORDER BY started_at_ms;
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
CREATE INDEX session_by_block ON session (block) WHERE block IS NOT NULL;
CREATE TABLE "change" (
    id              INTEGER PRIMARY KEY,
    session         INTEGER REFERENCES session (id) ON DELETE CASCADE,
    block           INTEGER REFERENCES block (id) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)), -- the session or the block before the change, as JSON
    merge           INTEGER,                          -- the number of the merge that it was part of; NULL if there was none
    CHECK ((session IS NULL) <> (block IS NULL))
) STRICT;
INSERT INTO "block" VALUES(1,X'1132BE3EFFC6C13062F26F2A35253619','Couch to 5K, nine weeks','couch-to-5k','name   = "Couch to 5K, nine weeks"
about  = "From the first jogged minute to half an hour without a walk: three sessions a week, never two days running. Repeat a week whenever it was hard."
source = "In the manner of a well-known classic, the Couch to 5K plan first written by Josh Clark. Weeks 4 to 9 are ours"
tags   = ["beginner", "walk-run", "5k"]

# From week 5 on, the third day is a step towards the next week. The first run without a walk comes in week 7, which goes
# back to a divided run in between. No session takes more than a tenth longer than the longest of the 30 days before.

[usual]
# Optional on purpose: three days of something new are enough for most people.
any = "optional strength-a and optional strength-b"

[[week]]
mon = "couch-to-5k-week-1"
wed = "couch-to-5k-week-1"
fri = "couch-to-5k-week-1"

[[week]]
mon = "couch-to-5k-week-2"
wed = "couch-to-5k-week-2"
fri = "couch-to-5k-week-2"

[[week]]
mon = "couch-to-5k-week-3"
wed = "couch-to-5k-week-3"
fri = "couch-to-5k-week-3"

[[week]]
mon = "couch-to-5k-week-4"
wed = "couch-to-5k-week-4"
fri = "couch-to-5k-week-4"

[[week]]
mon = "couch-to-5k-week-5"
wed = "couch-to-5k-week-5"
fri = "warmup 5min walk, 2×9min jog / 3min walk, cooldown 5min walk"

[[week]]
mon = "couch-to-5k-week-6"
wed = "couch-to-5k-week-6"
fri = "warmup 5min walk, 12min jog, 3min walk, 10min jog, cooldown 5min walk"

[[week]]
about = "The first run without a walk. Begin more slowly than you think you should."
mon   = "couch-to-5k-week-7"
wed   = "couch-to-5k-week-6"
fri   = "couch-to-5k-week-7 minutes=22"

[[week]]
mon = "couch-to-5k-week-8 minutes=22"
wed = "couch-to-5k-week-8"
fri = "couch-to-5k-week-8 minutes=26"

[[week]]
about = "The last run is half an hour, or 5 km if you would rather see the distance."
mon   = "couch-to-5k-week-9 minutes=28"
wed   = "couch-to-5k-week-9 minutes=28"
fri   = "couch-to-5k-week-9 or warmup 5min walk, 5km jog, cooldown 5min walk"
','start','2026-11-30','2026-11-30','[]',1795996291637,NULL,1795996291637,NULL,'{"couch-to-5k-week-1":"name   = \"Couch to 5K, week 1\"\nabout  = \"Your first week of running: jog for a minute, walk for a minute and a half, and repeat. Jog as slowly as you like.\"\nsource = \"A well-known classic: the Couch to 5K plan, first written by Josh Clark\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\n\n# Run it three times a week, with a day off between. A brisk walk, then twenty minutes of jogging and walking, eight of\n# each.\n# Repeat the week if it was hard. We added the walk at the end.\nsteps = [\n  \"warmup 5min walk\",\n  \"alternate 60s jog / 90s walk for 20min\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-2":"name   = \"Couch to 5K, week 2\"\nabout  = \"Your second week of running: jog for ninety seconds, walk for two minutes, and repeat. Jog as slowly as you like.\"\nsource = \"A well-known classic: the Couch to 5K plan, first written by Josh Clark\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\n\n# Run it three times a week, with a day off between. Twenty minutes of jogging and walking, six of each; the last walk\n# is cut to a minute.\n# Repeat the week if it was hard. We added the walk at the end.\nsteps = [\n  \"warmup 5min walk\",\n  \"alternate 90s jog / 2min walk for 20min\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-3":"name   = \"Couch to 5K, week 3\"\nabout  = \"Your third week of running: jog for ninety seconds, then for three minutes, twice. Walk for as long as you jogged each time.\"\nsource = \"A well-known classic: the Couch to 5K plan, first written by Josh Clark\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\n\n# Run it three times a week, with a day off between. After each jog comes a walk of the same length.\n# Repeat the week if it was hard. We added the walk at the end.\nsteps = [\n  \"warmup 5min walk\",\n  \"2×(90s jog, 90s walk, 3min jog, 3min walk)\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-4":"name   = \"Couch to 5K, week 4\"\nabout  = \"Your fourth week of running: three minutes and five minutes, twice, with short walks between. Jog as slowly as you like.\"\nsource = \"In the manner of a well-known classic, the Couch to 5K plan first written by Josh Clark. Weeks 4 to 9 are ours\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\n\n# Run it three times a week, with a day off between. Sixteen minutes of jogging in all. Repeat the week if it was hard.\nsteps = [\n  \"warmup 5min walk\",\n  \"2×(3min jog, 90s walk, 5min jog) / 150s walk\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-5":"name   = \"Couch to 5K, week 5\"\nabout  = \"Your fifth week of running: five minutes, three times, with two minutes of walking between. Jog as slowly as you like.\"\nsource = \"In the manner of a well-known classic, the Couch to 5K plan first written by Josh Clark. Weeks 4 to 9 are ours\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\n\n# Run it three times a week, with a day off between. The nine-week plan takes 2×8 minutes on the third day.\nsteps = [\n  \"warmup 5min walk\",\n  \"3×5min jog / 2min walk\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-6":"name   = \"Couch to 5K, week 6\"\nabout  = \"Your sixth week of running: ten minutes, twice, with a walk of three minutes between. Jog as slowly as you like.\"\nsource = \"In the manner of a well-known classic, the Couch to 5K plan first written by Josh Clark. Weeks 4 to 9 are ours\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\n\n# Run it three times a week, with a day off between. The last week with a walk in the middle.\nsteps = [\n  \"warmup 5min walk\",\n  \"2×10min jog / 3min walk\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-7":"name   = \"Couch to 5K, week 7\"\nabout  = \"Your seventh week of running: twenty minutes without a walk. If you can talk, the pace is right.\"\nsource = \"In the manner of a well-known classic, the Couch to 5K plan first written by Josh Clark. Weeks 4 to 9 are ours\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\nparameters = { minutes = { default = \"20\", about = \"minutes of jogging\" } }\n\n# Run it three times a week, with a day off between. The nine-week plan goes back to week 6 on the second day.\nsteps = [\n  \"warmup 5min walk\",\n  \"{minutes}min jog | half: halfway. Can you still talk?\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-8":"name   = \"Couch to 5K, week 8\"\nabout  = \"Your eighth week of running: twenty-five minutes without a walk. If you can talk, the pace is right.\"\nsource = \"In the manner of a well-known classic, the Couch to 5K plan first written by Josh Clark. Weeks 4 to 9 are ours\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\nparameters = { minutes = { default = \"25\", about = \"minutes of jogging\" } }\n\n# Run it three times a week, with a day off between. The nine-week plan begins the week with 22 minutes.\nsteps = [\n  \"warmup 5min walk\",\n  \"{minutes}min jog | half: halfway. Can you still talk?\",\n  \"cooldown 5min walk\",\n]\n","couch-to-5k-week-9":"name   = \"Couch to 5K, week 9\"\nabout  = \"Your ninth week of running: half an hour without a walk. At 6:00 a kilometre it is 5 km; slower is just as good.\"\nsource = \"In the manner of a well-known classic, the Couch to 5K plan first written by Josh Clark. Weeks 4 to 9 are ours\"\ntags   = [\"classic\", \"beginner\", \"walk-run\"]\nparameters = { minutes = { default = \"30\", about = \"minutes of jogging\" } }\n\n# Run it three times a week, with a day off between. The nine-week plan begins the week with 28 minutes.\nsteps = [\n  \"warmup 5min walk\",\n  \"{minutes}min jog | half: halfway. Can you still talk?\",\n  \"cooldown 5min walk\",\n]\n","strength-a":"name     = \"Strength A\"\nabout    = \"Bodyweight strength for legs, hips and trunk: three rounds of five exercises, 40 s each, with 20 s between. The exercises are ours.\"\nactivity = \"strength\"\nsource   = \"pacebell''s own. The article on micro-runs asks for two 15-minute bodyweight circuits a week, and names no exercises\"\ntags     = [\"strength\", \"15-min\"]\n\n# Be honest about the evidence. Blagrove and others (2018) found that two or three sessions a week improve running\n# economy by 2–8 %, with heavy or explosive loads. In the review of Llanos-Lagos and others (2024), light loads are in\n# the control group. A circuit like this one is a start. If it gets easy, carry something heavy.\n#\n# Counted repetitions have a soft tick: four seconds each, slowly down and quickly up.\nsteps = [\n  \"\"\"\n  3×(\n    10 reps in 40s \"squats\" | start: slowly down,\n    20s rest,\n    40s \"push-ups\" | start: on your knees if you like,\n    20s rest,\n    40s \"one-leg bridge\" | half: other leg,\n    20s rest,\n    10 reps in 40s \"calf raises\" | start: up on both feet,\n    20s rest,\n    40s \"plank\" | -10s: ten more seconds,\n    20s rest\n  )\n  \"\"\",\n]\n","strength-b":"name     = \"Strength B\"\nabout    = \"Bodyweight strength on one leg at a time: three rounds of five exercises, 40 s each, with 20 s between. The exercises are ours.\"\nactivity = \"strength\"\nsource   = \"pacebell''s own. The article on micro-runs asks for two 15-minute bodyweight circuits a week, and names no exercises\"\ntags     = [\"strength\", \"15-min\"]\n\n# Be honest about the evidence. Blagrove and others (2018) found that two or three sessions a week improve running\n# economy by 2–8 %, with heavy or explosive loads. In the review of Llanos-Lagos and others (2024), light loads are in\n# the control group. A circuit like this one is a start. If it gets easy, carry something heavy.\n#\n# Counted repetitions have a soft tick: four seconds each, left and right in turn.\nsteps = [\n  \"\"\"\n  3×(\n    10 reps in 40s \"reverse lunges\" | start: left and right in turn,\n    20s rest,\n    40s \"side plank\" | half: other side,\n    20s rest,\n    40s \"one-leg hinge\" | start: flat back | half: other leg,\n    20s rest,\n    10 reps in 40s \"dead bugs\" | start: left and right in turn,\n    20s rest,\n    40s \"one-leg calf\" | half: other leg,\n    20s rest\n  )\n  \"\"\",\n]\n"}');
INSERT INTO "session" VALUES(1,X'3AEBB75490CE84C85BA75D7C44BBAE73','3×(2min hard, 1min easy)',1795156200000,3600,540000,6,540000,6,1,7.0,NULL,NULL,NULL,NULL,1.0,1,1795996291430,NULL,'run',1795996291430,NULL,NULL);
INSERT INTO "session" VALUES(2,X'EEE3CAE248F6DA2948B4951C5FCC26AB','45min easy',1795242600000,3600,2700000,1,2700000,1,1,3.0,NULL,NULL,'good','new shoes',1.0,1,1795996291528,NULL,'run',1795996291802,NULL,NULL);
INSERT INTO "change" VALUES(1,1,NULL,1795996291430,'{"name":"3×(2min hard, 1min easy)","started_at_ms":1795156200000,"utc_offset_s":3600,"answers":{"rpe":7.0,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1795996291430}',NULL);
INSERT INTO "change" VALUES(2,2,NULL,1795996291528,'{"name":"45min easy","started_at_ms":1795242600000,"utc_offset_s":3600,"answers":{"rpe":3.0,"breath":null,"feel":null,"note":"new shoes","own":[]},"deleted_at_ms":1795996291528}',NULL);
INSERT INTO "change" VALUES(3,NULL,1,1795996291637,'{"kind":"started","blocks":[[1,null]],"choice_at_ms":null}',NULL);
INSERT INTO "change" VALUES(4,2,NULL,1795996291802,'{"name":"45min easy","started_at_ms":1795242600000,"utc_offset_s":3600,"answers":{"rpe":3.0,"breath":null,"feel":null,"note":"new shoes","own":[]},"deleted_at_ms":null}',NULL);
INSERT INTO "lap" VALUES(1,0,0,'hard',0,120000,1,NULL);
INSERT INTO "lap" VALUES(1,1,1,'easy',120000,180000,1,NULL);
INSERT INTO "lap" VALUES(1,2,2,'hard',180000,300000,1,NULL);
INSERT INTO "lap" VALUES(1,3,3,'easy',300000,360000,1,NULL);
INSERT INTO "lap" VALUES(1,4,4,'hard',360000,480000,1,NULL);
INSERT INTO "lap" VALUES(1,5,5,'easy',480000,540000,1,NULL);
INSERT INTO "lap" VALUES(2,0,0,'easy',0,2700000,1,NULL);
INSERT INTO "plan" VALUES(1,'{"version":1,"name":"3×(2min hard, 1min easy)","about":null,"show_pace":true,"repeats":[{"id":0,"label":null,"of":3}],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"hard","start":{"speed":null,"relative":{"base":"hard","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":9},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":0,"source":{"line":1,"column":4,"length":9}},{"id":1,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":120000,"source":{"line":1,"column":15,"length":9}},{"id":2,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"hard","start":{"speed":null,"relative":{"base":"hard","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":9},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":180000,"source":{"line":1,"column":4,"length":9}},{"id":3,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":300000,"source":{"line":1,"column":15,"length":9}},{"id":4,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"hard","start":{"speed":null,"relative":{"base":"hard","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":9},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":3}],"cues":[],"offset":360000,"source":{"line":1,"column":4,"length":9}},{"id":5,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":3}],"cues":[],"offset":480000,"source":{"line":1,"column":15,"length":9}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',4,'notation','3×(2min hard, 1min easy)');
INSERT INTO "plan" VALUES(2,'{"version":1,"name":"45min easy","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":2700000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":1,"column":1,"length":10}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',4,'notation','45min easy');
INSERT INTO "zone_time" VALUES(1,2,180000);
INSERT INTO "zone_time" VALUES(1,5,360000);
INSERT INTO "zone_time" VALUES(2,2,2700000);
