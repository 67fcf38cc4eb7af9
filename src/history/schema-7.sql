-- Version 7 of the log: the check-ins of the mornings.
CREATE TABLE checkin (
    on_day          TEXT    PRIMARY KEY CHECK (date(on_day) IS on_day), -- the local date
    sleep           INTEGER NOT NULL CHECK (sleep BETWEEN 1 AND 5),     -- 5 is good on every scale
    soreness        INTEGER NOT NULL CHECK (soreness BETWEEN 1 AND 5),
    energy          INTEGER NOT NULL CHECK (energy BETWEEN 1 AND 5),
    mood            INTEGER NOT NULL CHECK (mood BETWEEN 1 AND 5),
    resting_heart   INTEGER CHECK (resting_heart BETWEEN 20 AND 200),   -- beats per minute; NULL: not measured
    must_stop       INTEGER NOT NULL DEFAULT 0 CHECK (must_stop IN (0, 1)), -- 1: pain, illness or an injury
    answered_at_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
