-- Identities from outside: who may sign in with them, the sign-ins that are under way, and the switch of each provider.

-- By what a session's holder has proved who he is, so far: 'password', 'password+code', 'hin', 'oidc+code', …
ALTER TABLE session ADD COLUMN authentication TEXT NOT NULL DEFAULT 'password';
UPDATE session SET authentication = 'password+code' WHERE stage = 'signedIn';

-- One row for each issuer and subject, never one for an address.
CREATE TABLE linked_identity (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL CHECK (provider IN ('hin', 'oidc', 'gateway')),
  issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 200),
  subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  state TEXT NOT NULL CHECK (state IN ('active', 'requested', 'waiting', 'refused')),
  account_id TEXT REFERENCES account (id),
  -- the request for an account that was made with it
  request_id TEXT UNIQUE,
  -- 13 digits, or empty
  gln TEXT NOT NULL,
  verification_level {int} NOT NULL CHECK (verification_level IN (0, 10, 20)),
  display_name TEXT NOT NULL,
  email TEXT NOT NULL,
  created_at {int} NOT NULL,
  decided_at {int},
  -- NULL: by the decision about the request, or the operator
  decided_by TEXT REFERENCES account (id),
  last_used_at {int},
  -- who of the portal team takes it for the holder's; a second person agrees within a day
  proposed_by TEXT REFERENCES account (id),
  proposed_at {int},
  UNIQUE (issuer, subject),
  CHECK (state <> 'active' OR account_id IS NOT NULL),
  CHECK ((proposed_by IS NULL) = (proposed_at IS NULL))
) {strict};
CREATE INDEX linked_identity_of_account ON linked_identity (account_id);
CREATE INDEX linked_identity_of_gln ON linked_identity (gln);
CREATE INDEX linked_identity_queue ON linked_identity (state, created_at);

-- A sign-in between the two visits of the browser. Its secrets are sealed, its state and its cookie are hashes only.
CREATE TABLE identity_sign_in (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  browser_hash {blob} NOT NULL,
  state_hash {blob} NOT NULL UNIQUE,
  secrets {blob} NOT NULL,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  used_at {int},
  -- a proved identity nobody is known by, sealed, for the wish to ask for an account with it
  held {blob}
) {strict};
CREATE INDEX identity_sign_in_of_browser ON identity_sign_in (browser_hash);
CREATE INDEX identity_sign_in_by_end ON identity_sign_in (expires_at);

-- Without a row: on.
CREATE TABLE identity_switch (
  provider TEXT PRIMARY KEY,
  is_off {bool} NOT NULL,
  changed_at {int} NOT NULL
) {strict};
