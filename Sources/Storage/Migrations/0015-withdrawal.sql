-- What the hospital took back: when, and in its own words to the readers, why. The document keeps its row, and its content
-- stays sealed until its life is over; nobody can open it.
CREATE TABLE withdrawal (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  reason TEXT CHECK (length(reason) BETWEEN 1 AND 500),
  withdrawn_at {int} NOT NULL
) {strict};
-- What a space has lost lately, newest first.
CREATE INDEX withdrawal_by_time ON withdrawal (withdrawn_at, document_id);
