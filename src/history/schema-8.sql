-- Version 8 of the log: sessions that come from the files of other programs, and heart rates.
ALTER TABLE session ADD COLUMN imported_from TEXT CHECK (imported_from <> ''); -- `fit`, `tcx`, `gpx` or `strava`; NULL: recorded or added here
ALTER TABLE session ADD COLUMN maker TEXT;      -- the maker of the device or program that recorded an imported session
ALTER TABLE session ADD COLUMN elapsed_ms INTEGER CHECK (elapsed_ms >= 0); -- the time of an imported session with its pauses
ALTER TABLE session ADD COLUMN mean_heart INTEGER CHECK (mean_heart > 0);  -- beats per minute; NULL: not measured
ALTER TABLE session ADD COLUMN highest_heart INTEGER CHECK (highest_heart > 0);
ALTER TABLE lap ADD COLUMN mean_heart INTEGER CHECK (mean_heart > 0);      -- beats per minute; NULL: not measured

DROP VIEW log;
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
