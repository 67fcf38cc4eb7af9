-- A log of database version 11, as pacebell wrote it. It never changes; a test migrates it.
PRAGMA application_id = 0x70616365;
PRAGMA user_version = 11;

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
CREATE TABLE "change" (
    id              INTEGER PRIMARY KEY,
    session         INTEGER REFERENCES session (id) ON DELETE CASCADE,
    block           INTEGER REFERENCES block (id) ON DELETE CASCADE,
    checkin         TEXT    REFERENCES checkin (on_day) ON DELETE CASCADE,
    changed_at_ms   INTEGER NOT NULL,
    before          TEXT    NOT NULL CHECK (json_valid(before)), -- what it was before the change, as JSON
    merge           INTEGER,                          -- the number of the merge that it was part of; NULL if there was none
    CHECK ((session IS NOT NULL) + (block IS NOT NULL) + (checkin IS NOT NULL) = 1)
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
CREATE TABLE day_moment (
    what            TEXT    PRIMARY KEY CHECK (what IN ('sitting', 'tick', 'quiet', 'held')),
    at_ms           INTEGER NOT NULL -- since when; `quiet`: until when
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 0), -- counts from 0
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's clock, which starts at 0 and never stops
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- active time
    happened_at_ms  INTEGER NOT NULL,
    what            TEXT    NOT NULL CHECK (json_valid(what)), -- JSON
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE nudge (
    action          TEXT    PRIMARY KEY,              -- the name in small letters
    at_ms           INTEGER,                          -- reminded, or let go; NULL: not yet
    utc_offset_s    INTEGER,                          -- of the local time then
    later_at_ms     INTEGER                           -- remind again; NULL: `later` was not chosen
) STRICT, WITHOUT ROWID;
CREATE TABLE plan (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    sequence        TEXT    NOT NULL CHECK (json_valid(sequence)), -- the compiled steps with their speeds, as JSON
    settings        TEXT    NOT NULL CHECK (json_valid(settings)), -- the belt and the athlete's figures, as JSON
    events_version  INTEGER NOT NULL CHECK (events_version > 0), -- the version of `event.what`
    source_name     TEXT    NOT NULL,                 -- the workout's file, or `notation`
    source          TEXT    NOT NULL                  -- the workout's text
) STRICT;
CREATE TABLE position (
    session         INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    at_ms           INTEGER NOT NULL CHECK (at_ms >= 0), -- on the session's clock
    elapsed_ms      INTEGER NOT NULL CHECK (elapsed_ms >= 0), -- active time
    seen_at_ms      INTEGER NOT NULL
) STRICT;
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
CREATE TABLE win (
    id              INTEGER PRIMARY KEY,
    action          TEXT    NOT NULL CHECK (action <> ''), -- as it was called that day
    at_ms           INTEGER NOT NULL,
    utc_offset_s    INTEGER NOT NULL CHECK (utc_offset_s BETWEEN -86399 AND 86399), -- of the local time; positive is east
    timed           INTEGER NOT NULL DEFAULT 0 CHECK (timed IN (0, 1)), -- 1: done to the clock with `pacebell day now`
    undone_at_ms    INTEGER,                          -- NULL: it counts
    UNIQUE (action, at_ms)
) STRICT;
CREATE TABLE zone_time (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    zone            INTEGER NOT NULL CHECK (zone BETWEEN -1 AND 5), -- 0 standing, 5 hardest, -1 for no zone
    time_ms         INTEGER NOT NULL CHECK (time_ms >= 0),
    PRIMARY KEY (session, zone)
) STRICT, WITHOUT ROWID;
INSERT INTO block VALUES (1,x'3b36df55d4f8c08f43d4cd8366c81b39','Micro-run, four weeks','micro-run','name   = "Micro-run, four weeks"
about  = "Fifteen purposeful minutes a day, a longer run a week and two strength circuits. The fourth week is lighter."
source = "Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs"
tags   = ["micro-run", "15-min", "marathon"]

# The article''s four weeks, day for day. Where it leaves something open, a comment says what we chose.

[progress]
# Week 1: 75–90 minutes. Week 3: "build by 5–10%", so 79–99. Week 4: "a shorter long run", so 63–79: a fifth less, our choice.
long = { from = "75-90min", grow = "5-10%", every = 2, down = 0.8 }

[usual]
# "Two 15-minute bodyweight strength circuits per week". The article names no days and no exercises.
any = "strength-a and strength-b"

[[week]]
mon = "recovery-jog"
tue = "strides"
wed = "short-intervals"
thu = "easy-15"
fri = "tempo-micro"                     # 17:00, as the article writes it
sat = "easy-mobility"
sun = "{long} easy"

[[week]]
mon = "recovery-jog or rest"            # "Active recovery"
tue = "fartlek"
wed = "easy-15"
thu = "tempo-micro"
fri = "strides"
sat = "medium-long-progressive"
sun = "easy-15"

[[week]]
mon = "recovery-jog"
tue = "vo2-6x60"
wed = "easy-15"
thu = "tempo-micro"
fri = "strides"
sat = "easy-mobility"
sun = "{long} easy"

[[week]]
name  = "Recovery week"
about = "The article names no days for this week: they are ours."
down  = true
mon   = "recovery-jog"
tue   = "easy-15"
wed   = "strides-4x20"
thu   = "easy-15"
fri   = "easy-15"
sat   = "easy-mobility"
sun   = "{long} easy"
','start','2026-11-30','2026-11-30','[]',1796025402062,NULL,1796025402062,NULL,'{"easy-15":"name   = \"Easy 15\"\nabout  = \"Aerobic base: fifteen minutes at a pace that lets you chat.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"easy\", \"micro-run\", \"15-min\"]\n\n# The article''s plan just says \"Easy 15\".\nsteps = [\"15min easy\"]\n","easy-mobility":"name   = \"Easy + mobility\"\nabout  = \"Recovery: easy running, then gentle movements beside the treadmill, never into pain. We chose the movements and their lengths.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"easy\", \"mobility\", \"micro-run\", \"15-min\"]\n\n# The article''s plan: \"Easy + mobility\", and \"workouts shown are 15 minutes unless noted\". We divided up the fifteen\n# minutes. The article does not name any movements, so we took them from \"How to implement micro recovery practices\n# throughout the day to support cumulative training adaptations and readiness\".\nsteps = [\n  \"10min easy\",\n  \"1min walk | -10s: stop the belt and step off\",\n  \"1min ''ankle circles'' | half: other foot\",\n  \"1min ''leg swings'' | half: other leg\",\n  \"1min ''hip openers'' | half: other side\",\n  \"1min ''neck turns'' | start: slowly and gently\",\n]\n","fartlek":"name   = \"Fartlek\"\nabout  = \"Race instincts: fifteen minutes of hard and easy running, changing every minute, by feel. Warm up first, and save something for the last hard minute.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"fartlek\", \"micro-run\", \"15-min\"]\n\n# The article: \"15 minutes alternating 1:1 hard/easy\". Inferred: each part is a minute long (the article only gives the\n# ratio), the first is hard, and you run by feel, so no pace is shown.\nshow_pace = false\nsteps = [\"alternate 1min hard / 1min easy for 15min\"]\n","medium-long-progressive":"name   = \"Medium-long progressive\"\nabout  = \"Endurance with a strong finish: easy for 20 to 40 minutes, then steady, then marathon effort. The three stages are our reading.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"progression\", \"long\", \"endurance\"]\n\n# The article''s plan: \"Medium-long progressive (50–70 minutes)\". It gives no stages. Inferred: three stages, with the\n# range in the first, so that one key decides how long the run is.\nsteps = [\n  \"20-40min easy\",\n  \"20min steady\",\n  \"10min MP\",\n]\n","recovery-jog":"name   = \"Recovery jog\"\nabout  = \"Recovery: fifteen easy minutes to loosen stiff legs. If in doubt, slow down.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"recovery\", \"micro-run\", \"15-min\"]\n\n# The article: \"easy 15 minutes focused on mobility and flossing stiffness\". The cues are ours.\nsteps = [\"15min easy jog | 3min: loose shoulders | 7min: loose hips | 11min: loose ankles\"]\n","short-intervals":"name   = \"Short intervals\"\nabout  = \"VO2max and speed: eight hard minutes at about 5K effort, with an easy jog between. Warm up first.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"vo2max\", \"intervals\", \"micro-run\", \"15-min\"]\n\n# The article: \"8 × 60s hard with 60s easy jog\". Inferred: the jog comes only between the reps, seven times, since that\n# makes fifteen minutes.\nsteps = [\"8×60s hard / 60s easy\"]\n","strength-a":"name     = \"Strength A\"\nabout    = \"Bodyweight strength for legs, hips and trunk: three rounds of five exercises, 40 s each, with 20 s between. The exercises are ours.\"\nactivity = \"strength\"\nsource   = \"pacebell''s own. The article on micro-runs asks for two 15-minute bodyweight circuits a week, and names no exercises\"\ntags     = [\"strength\", \"15-min\"]\n\n# Be honest about the evidence. Blagrove and others (2018) found that two or three sessions a week improve running\n# economy by 2–8 %, with heavy or explosive loads. In the review of Llanos-Lagos and others (2024), light loads are in\n# the control group. A circuit like this one is a start. If it gets easy, carry something heavy.\n#\n# Counted repetitions have a soft tick: four seconds each, slowly down and quickly up.\nsteps = [\n  \"\"\"\n  3×(\n    10 reps in 40s \"squats\" | start: slowly down,\n    20s rest,\n    40s \"push-ups\" | start: on your knees if you like,\n    20s rest,\n    40s \"one-leg bridge\" | half: other leg,\n    20s rest,\n    10 reps in 40s \"calf raises\" | start: up on both feet,\n    20s rest,\n    40s \"plank\" | -10s: ten more seconds,\n    20s rest\n  )\n  \"\"\",\n]\n","strength-b":"name     = \"Strength B\"\nabout    = \"Bodyweight strength on one leg at a time: three rounds of five exercises, 40 s each, with 20 s between. The exercises are ours.\"\nactivity = \"strength\"\nsource   = \"pacebell''s own. The article on micro-runs asks for two 15-minute bodyweight circuits a week, and names no exercises\"\ntags     = [\"strength\", \"15-min\"]\n\n# Be honest about the evidence. Blagrove and others (2018) found that two or three sessions a week improve running\n# economy by 2–8 %, with heavy or explosive loads. In the review of Llanos-Lagos and others (2024), light loads are in\n# the control group. A circuit like this one is a start. If it gets easy, carry something heavy.\n#\n# Counted repetitions have a soft tick: four seconds each, left and right in turn.\nsteps = [\n  \"\"\"\n  3×(\n    10 reps in 40s \"reverse lunges\" | start: left and right in turn,\n    20s rest,\n    40s \"side plank\" | half: other side,\n    20s rest,\n    40s \"one-leg hinge\" | start: flat back | half: other leg,\n    20s rest,\n    10 reps in 40s \"dead bugs\" | start: left and right in turn,\n    20s rest,\n    40s \"one-leg calf\" | half: other leg,\n    20s rest\n  )\n  \"\"\",\n]\n","strides":"name   = \"Strides\"\nabout  = \"Form and turnover: twelve short strides, fast and relaxed, never a sprint, with a one-minute walk between. Warm up first.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"strides\", \"micro-run\", \"15-min\"]\n\n# The article: \"12 × 20s fast turnovers with full recovery\". Inferred: full recovery is a walk of 60 s, only between\n# the strides, since that makes fifteen minutes. In strides-open, you decide how long each walk is.\nsteps = [\"12×20s fast / 60s walk\"]\n","strides-4x20":"name   = \"Strides 4×20\"\nabout  = \"A touch of speed in an easy week: four short strides, fast and relaxed, never a sprint. The easy run before them is our assumption.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"strides\", \"easy\", \"micro-run\", \"15-min\"]\n\n# The article''s plan, week 4, the recovery week: \"4×20s strides\", among easy 15s, and \"workouts shown are 15 minutes\n# unless noted\". Assumed: the easy run first, a one-minute walk between the strides, and a short walk at the end.\nsteps = [\n  \"10min easy\",\n  \"4×20s fast / 60s walk\",\n  \"cooldown 40s walk\",\n]\n","tempo-micro":"name   = \"Tempo micro\"\nabout  = \"Threshold endurance: three times five minutes at marathon effort, with a minute of recovery between. Controlled, never a race.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"tempo\", \"micro-run\"]\n\n# The article: \"3 × 5 minutes at marathon effort with 1-minute recovery\". That takes 17:00, although the article lists\n# it as a 15-minute session. This file follows the article, and tempo-micro-15 fits into 15 minutes.\n# Inferred: the recovery comes only between the reps, and is as slow as you like: a very easy jog, or a walk.\nsteps = [\"3×5min MP / 1min recovery\"]\n","vo2-6x60":"name   = \"VO2 6×60\"\nabout  = \"VO2max: six hard minutes at about 5K effort. The easy minutes between and around them are our assumption.\"\nsource = \"Micro-Run Revolution: How 15‑Minute Daily Sessions Are Producing Marathon PRs\"\ntags   = [\"vo2max\", \"intervals\", \"micro-run\", \"15-min\"]\n\n# The article''s plan, week 3: \"6×60s VO2 intervals\". It gives no recovery. Assumed: 60 s easy between the reps, and two\n# easy minutes before and after, which makes the plan''s fifteen minutes.\nsteps = [\n  \"warmup 2min easy\",\n  \"6×60s hard / 60s easy\",\n  \"cooldown 2min easy\",\n]\n"}');
INSERT INTO session VALUES (1,x'856503a282c2fceec3bae20779f8135e','45min easy',1795176000000,0,2700000,1,2700000,1,1,3.0,NULL,NULL,'good',NULL,1.0,1,1796025401920,NULL,'run',1796025402008,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO session VALUES (2,x'2d77de5b149f31a59c36de36fea1c97d','5K time trial',1795348800000,0,NULL,9,1920000,9,1,9.0,NULL,NULL,NULL,NULL,1.0,1,1796025401949,NULL,'run',1796025401949,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO session VALUES (3,x'29bb485c77290d173246a72912e3b23e','3×(2min 12km/h, 1min 8km/h)',1795435200000,0,540000,6,540000,6,1,6.0,NULL,NULL,NULL,NULL,1.0,1,1796025401981,NULL,'run',1796025401981,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO session VALUES (4,x'd47b522e79e810a28475206c5aa75a36','20min easy, 5min tempo',1795867200000,0,1500000,2,1530000,2,1,NULL,NULL,NULL,NULL,NULL,1.0,1,1796039947715,NULL,'run',1796039947715,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO change VALUES (1,1,NULL,NULL,1796025401920,'{"name":"45min easy","started_at_ms":1795176000000,"utc_offset_s":0,"answers":{"rpe":3.0,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1796025401920}',NULL);
INSERT INTO change VALUES (2,2,NULL,NULL,1796025401949,'{"name":"5K time trial","started_at_ms":1795348800000,"utc_offset_s":0,"answers":{"rpe":9.0,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1796025401949}',NULL);
INSERT INTO change VALUES (3,3,NULL,NULL,1796025401981,'{"name":"3×(2min 12km/h, 1min 8km/h)","started_at_ms":1795435200000,"utc_offset_s":0,"answers":{"rpe":6.0,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1796025401981}',NULL);
INSERT INTO change VALUES (4,1,NULL,NULL,1796025402008,'{"name":"45min easy","started_at_ms":1795176000000,"utc_offset_s":0,"answers":{"rpe":3.0,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":null}',NULL);
INSERT INTO change VALUES (5,NULL,1,NULL,1796025402062,'{"kind":"started","blocks":[[1,null]],"choice_at_ms":null}',NULL);
INSERT INTO change VALUES (6,4,NULL,NULL,1796039947715,'{"name":"20min easy, 5min tempo","started_at_ms":1795867200000,"utc_offset_s":0,"answers":{"rpe":null,"breath":null,"feel":null,"note":null,"own":[]},"deleted_at_ms":1796039947715}',NULL);
INSERT INTO lap VALUES (1,0,0,'easy',0,2700000,1,NULL,NULL);
INSERT INTO lap VALUES (2,0,0,'easy',0,600000,1,NULL,NULL);
INSERT INTO lap VALUES (2,1,1,'fast',600000,620000,1,NULL,NULL);
INSERT INTO lap VALUES (2,2,2,'walk',620000,660000,1,55.55555555555556,NULL);
INSERT INTO lap VALUES (2,3,3,'fast',660000,680000,1,NULL,NULL);
INSERT INTO lap VALUES (2,4,4,'walk',680000,720000,1,55.55555555555556,NULL);
INSERT INTO lap VALUES (2,5,5,'fast',720000,740000,1,NULL,NULL);
INSERT INTO lap VALUES (2,6,6,'walk',740000,860000,1,166.66666666666666,NULL);
INSERT INTO lap VALUES (2,7,7,'Trial',860000,1320000,1,5000.0,NULL);
INSERT INTO lap VALUES (2,8,8,'easy',1320000,1920000,1,NULL,NULL);
INSERT INTO lap VALUES (3,0,0,'12 km/h',0,120000,1,399.99999999999994,NULL);
INSERT INTO lap VALUES (3,1,1,'8 km/h',120000,180000,1,133.33333333333334,NULL);
INSERT INTO lap VALUES (3,2,2,'12 km/h',180000,300000,1,399.99999999999994,NULL);
INSERT INTO lap VALUES (3,3,3,'8 km/h',300000,360000,1,133.33333333333334,NULL);
INSERT INTO lap VALUES (3,4,4,'12 km/h',360000,480000,1,399.99999999999994,NULL);
INSERT INTO lap VALUES (3,5,5,'8 km/h',480000,540000,1,133.33333333333334,NULL);
INSERT INTO lap VALUES (4,0,0,'easy',0,1200000,1,NULL,NULL);
INSERT INTO lap VALUES (4,1,1,'tempo',1200000,1500000,1,NULL,NULL);
INSERT INTO lap VALUES (4,2,NULL,'after the workout',1500000,1530000,0,NULL,NULL);
INSERT INTO plan VALUES (1,'{"version":1,"name":"45min easy","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":2700000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":1,"column":1,"length":10}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',5,'notation','45min easy');
INSERT INTO plan VALUES (2,'{"version":1,"name":"5K time trial","about":"A race against yourself, every four weeks or so: 5 km as fast as you can. You can save the time as your result and update your paces.","source":"pacebell; the article on micro-runs measures progress with a 5K time trial","tags":["time-trial","test","5k"],"show_pace":true,"repeats":[{"id":0,"label":null,"of":3}],"steps":[{"id":0,"kind":"warmup","role":"warmup","label":null,"end":{"time":{"upper":600000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":9,"column":4,"length":17}},{"id":1,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":20000,"lower":null}},"target":{"words":"fast","start":{"speed":null,"relative":{"base":"fast","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":10},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":600000,"source":{"line":10,"column":6,"length":8}},{"id":2,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":40000,"lower":null}},"target":{"words":"walk","start":{"speed":1.3888888888888888,"relative":{"base":"walk","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":1,"rank":1},"ramp_to":null,"speed_range":[1.3888888888888888,1.3888888888888888],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":620000,"source":{"line":10,"column":17,"length":8}},{"id":3,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":20000,"lower":null}},"target":{"words":"fast","start":{"speed":null,"relative":{"base":"fast","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":10},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":660000,"source":{"line":10,"column":6,"length":8}},{"id":4,"kind":"recovery","role":"between","label":null,"end":{"time":{"upper":40000,"lower":null}},"target":{"words":"walk","start":{"speed":1.3888888888888888,"relative":{"base":"walk","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":1,"rank":1},"ramp_to":null,"speed_range":[1.3888888888888888,1.3888888888888888],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":680000,"source":{"line":10,"column":17,"length":8}},{"id":5,"kind":"interval","role":"work","label":null,"end":{"time":{"upper":20000,"lower":null}},"target":{"words":"fast","start":{"speed":null,"relative":{"base":"fast","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":10},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":3}],"cues":[],"offset":720000,"source":{"line":10,"column":6,"length":8}},{"id":6,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"walk","start":{"speed":1.3888888888888888,"relative":{"base":"walk","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":1,"rank":1},"ramp_to":null,"speed_range":[1.3888888888888888,1.3888888888888888],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":740000,"source":{"line":11,"column":4,"length":9}},{"id":7,"kind":"run","role":"work","label":"Trial","end":{"distance":{"upper":5000.0,"lower":null,"time":null,"lower_time":null}},"target":{"words":"all-out","start":{"speed":null,"relative":{"base":"all-out","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":5,"rank":11},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[{"when":{"at":0},"text":"hold back in the first kilometre"}],"offset":860000,"source":{"line":12,"column":11,"length":11}},{"id":8,"kind":"cooldown","role":"cooldown","label":null,"end":{"time":{"upper":600000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":null,"source":{"line":13,"column":4,"length":19}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',5,'5k-time-trial.toml','name   = "5K time trial"
about  = "A race against yourself, every four weeks or so: 5 km as fast as you can. You can save the time as your result and update your paces."
source = "pacebell; the article on micro-runs measures progress with a 5K time trial"
tags   = ["time-trial", "test", "5k"]

# Everything except the trial itself is our choice. The trial lasts until you press Enter at 5.00 on the console,
# whatever your profile says, since it measures you. The tag `time-trial` makes pacebell offer the time as a result.
steps = [
  "warmup 10min easy",
  "3×20s fast / 40s walk",
  "2min walk",
  "Trial: 5km all-out | start: hold back in the first kilometre",
  "cooldown 10min easy",
]
');
INSERT INTO plan VALUES (3,'{"version":1,"name":"3×(2min 12km/h, 1min 8km/h)","about":null,"show_pace":true,"repeats":[{"id":0,"label":null,"of":3}],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"12 km/h","start":{"speed":3.333333333333333,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[3.333333333333333,3.333333333333333],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":0,"source":{"line":1,"column":4,"length":11}},{"id":1,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"8 km/h","start":{"speed":2.2222222222222223,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[2.2222222222222223,2.2222222222222223],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":1,"of":3}],"cues":[],"offset":120000,"source":{"line":1,"column":17,"length":10}},{"id":2,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"12 km/h","start":{"speed":3.333333333333333,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[3.333333333333333,3.333333333333333],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":180000,"source":{"line":1,"column":4,"length":11}},{"id":3,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"8 km/h","start":{"speed":2.2222222222222223,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[2.2222222222222223,2.2222222222222223],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":2,"of":3}],"cues":[],"offset":300000,"source":{"line":1,"column":17,"length":10}},{"id":4,"kind":"run","role":"work","label":null,"end":{"time":{"upper":120000,"lower":null}},"target":{"words":"12 km/h","start":{"speed":3.333333333333333,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[3.333333333333333,3.333333333333333],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":3}],"cues":[],"offset":360000,"source":{"line":1,"column":4,"length":11}},{"id":5,"kind":"run","role":"work","label":null,"end":{"time":{"upper":60000,"lower":null}},"target":{"words":"8 km/h","start":{"speed":2.2222222222222223,"relative":null,"zone":null,"rank":null},"ramp_to":null,"speed_range":[2.2222222222222223,2.2222222222222223],"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[{"id":0,"n":3,"of":3}],"cues":[],"offset":480000,"source":{"line":1,"column":17,"length":10}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',5,'notation','3×(2min 12km/h, 1min 8km/h)');
INSERT INTO plan VALUES (4,'{"version":1,"name":"20min easy, 5min tempo","about":null,"show_pace":true,"repeats":[],"steps":[{"id":0,"kind":"run","role":"work","label":null,"end":{"time":{"upper":1200000,"lower":null}},"target":{"words":"easy","start":{"speed":null,"relative":{"base":"easy","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":2,"rank":3},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":0,"source":{"line":1,"column":1,"length":10}},{"id":1,"kind":"run","role":"work","label":null,"end":{"time":{"upper":300000,"lower":null}},"target":{"words":"tempo","start":{"speed":null,"relative":{"base":"tempo","by":{"seconds":{"each":0.0,"unit":"km"}}},"zone":4,"rank":7},"ramp_to":null,"speed_range":null,"heart_rate":null,"rpe":null,"breathing":null},"incline":0.0,"incline_to":null,"reps":[],"cues":[],"offset":1200000,"source":{"line":1,"column":13,"length":10}}],"assumptions":[],"warnings":[]}','{"belt":{"unit":"km/h","step":0.1,"lowest":null,"top":null,"incline_lowest":null,"incline_top":null,"incline_step":0.5,"lag":0.0,"factor":1.0,"ramp_every":30000},"ceiling":null,"athlete":null}',6,'notation','20min easy, 5min tempo');
INSERT INTO win VALUES (1,'Walk',1796025402041,0,0,NULL);
INSERT INTO zone_time VALUES (1,2,2700000);
INSERT INTO zone_time VALUES (2,1,200000);
INSERT INTO zone_time VALUES (2,2,1200000);
INSERT INTO zone_time VALUES (2,5,520000);
INSERT INTO zone_time VALUES (3,-1,540000);
INSERT INTO zone_time VALUES (4,-1,30000);
INSERT INTO zone_time VALUES (4,2,1200000);
INSERT INTO zone_time VALUES (4,4,300000);
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
ORDER BY started_at_ms;
CREATE INDEX win_by_time ON win (at_ms);
CREATE INDEX plan_of_time_trial ON plan (session) WHERE instr(sequence, 'time-trial') > 0;
CREATE INDEX plan_with_estimates ON plan (session) WHERE instr(sequence, '"suggested":') > 0;
CREATE INDEX plan_bent_before ON plan (session) WHERE instr(sequence, '"bends":') > 0;
CREATE INDEX event_that_bends ON event (session) WHERE instr(what, '"bent"') > 0;
