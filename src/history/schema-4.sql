-- Version 4 of the log: when each session last changed, so that logs of two machines can be merged.
ALTER TABLE session ADD COLUMN changed_at_ms INTEGER; -- logged, edited, deleted or brought back; NULL: none of these yet

UPDATE session SET changed_at_ms = (
    SELECT max(at_ms) FROM (
        SELECT logged_at_ms AS at_ms
        UNION ALL SELECT deleted_at_ms
        UNION ALL SELECT change.changed_at_ms FROM change WHERE change.session = session.id
    )
);

ALTER TABLE change ADD COLUMN merge INTEGER; -- the number of the merge that it was part of; NULL if there was none
