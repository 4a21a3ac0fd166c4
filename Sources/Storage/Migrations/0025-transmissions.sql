-- What the page of transmissions looks up: the last successes and failures of one kind of job, without reading others.
CREATE INDEX outbox_ended ON outbox (kind, state, finished_at, id) WHERE finished_at IS NOT NULL;
