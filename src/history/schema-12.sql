-- Version 12 of the log: what sensors measured.

-- The samples of a minute. A sample has eight bytes, little endian: the milliseconds in the minute (2), the heart rate in beats
-- per minute (1; 0: not measured), the speed in cm/s (2; 65535: not measured), the incline in 0.1 % (2, signed; 32767: not
-- measured), and the cadence in steps per minute (1; 255: not measured).
CREATE TABLE sample (
    session         INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    minute          INTEGER NOT NULL CHECK (minute >= 0), -- of active time, from 0
    data            BLOB    NOT NULL CHECK (length(data) % 8 = 0),
    PRIMARY KEY (session, minute)
) STRICT, WITHOUT ROWID;
