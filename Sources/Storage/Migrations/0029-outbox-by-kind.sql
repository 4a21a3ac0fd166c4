-- Each lane looks for its own kinds after each commit: without them in front it walked through all jobs that wait.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (state, kind, due_at, id);
