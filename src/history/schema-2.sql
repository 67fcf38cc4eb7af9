-- Version 2 of the log: how far each stretch went on the belt.
ALTER TABLE lap ADD COLUMN distance_m REAL CHECK (distance_m >= 0); -- NULL where the belt's speed was not known
