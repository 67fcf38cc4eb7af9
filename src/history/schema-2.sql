-- Version 2 of the log: the distance of each lap on the belt.
ALTER TABLE lap ADD COLUMN distance_m REAL CHECK (distance_m >= 0); -- NULL if the belt's speed was not known
