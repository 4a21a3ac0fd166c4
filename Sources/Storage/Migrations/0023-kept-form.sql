-- What somebody had typed when his session ended, until he has signed in again: at most one form an account, for half an
-- hour. Sealed under a key that needs a secret only his browser has, so that no backup and no operator reads it.
CREATE TABLE kept_form (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  sealed {blob} NOT NULL,
  expires_at {int} NOT NULL
) {strict};
CREATE INDEX kept_form_by_end ON kept_form (expires_at);
