-- Version 6 of the log: a plan keeps the workouts that it names, so that an edit of one does not change the plan.

-- The workouts by their names, as JSON, as they were when the plan was started or last updated. NULL: those of the library.
ALTER TABLE block ADD COLUMN workouts TEXT CHECK (json_valid(workouts));
