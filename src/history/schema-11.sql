-- Version 11 of the log: time trials, estimates and bends are found without reading every plan. Ten years of plans are 15 MB
-- of text.
CREATE INDEX plan_of_time_trial ON plan (session) WHERE instr(sequence, 'time-trial') > 0;
CREATE INDEX plan_with_estimates ON plan (session) WHERE instr(sequence, '"suggested":') > 0;
CREATE INDEX plan_bent_before ON plan (session) WHERE instr(sequence, '"bends":') > 0;
CREATE INDEX event_that_bends ON event (session) WHERE instr(what, '"bent"') > 0;
