-- Accounts, sign-in, machine clients, the audit trail and the outbox.
-- Words in braces are the types that the two engines call differently (Schema.swift).

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  honorific TEXT NOT NULL,
  family_name TEXT NOT NULL CHECK (length(family_name) > 0),
  given_name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('practitioner', 'delegate', 'serviceMember', 'registrar', 'portalAdmin')),
  state TEXT NOT NULL CHECK (state IN
    ('requested', 'emailUnconfirmed', 'proofingPending', 'active', 'suspended', 'expired', 'closed')),
  password_hash TEXT,
  mobile TEXT,
  code_channel TEXT NOT NULL CHECK (code_channel IN ('sms', 'email')),
  last_signed_in_at {int},
  previous_signed_in_at {int},
  created_at {int} NOT NULL
) {strict};

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  token_hash {blob} NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account (id),
  stage TEXT NOT NULL CHECK (stage IN ('codeExpected', 'signedIn')),
  form_token TEXT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  created_at {int} NOT NULL,
  last_seen_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  ended_at {int}
) {strict};
CREATE INDEX session_of_account ON session (account_id, ended_at);

CREATE TABLE one_time_code (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  session_id TEXT NOT NULL REFERENCES session (id),
  code_hash {blob} NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
  target_hash {blob} NOT NULL,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  tries {int} NOT NULL DEFAULT 0,
  used_at {int}
) {strict};
CREATE INDEX one_time_code_of_account ON one_time_code (account_id, created_at);
CREATE INDEX one_time_code_of_target ON one_time_code (target_hash, created_at);
CREATE INDEX one_time_code_of_session ON one_time_code (session_id, created_at);

-- Failed sign-ins by a keyed hash of the address typed, whether an account has it or not.
CREATE TABLE sign_in_guard (
  subject_hash {blob} PRIMARY KEY,
  failures {int} NOT NULL,
  last_failed_at {int} NOT NULL,
  retry_at {int} NOT NULL
) {strict};

-- Counters of fixed windows: network addresses, budgets.
CREATE TABLE throttle (
  bucket TEXT NOT NULL,
  window_start {int} NOT NULL,
  uses {int} NOT NULL,
  PRIMARY KEY (bucket, window_start)
) {strict};

-- Machine clients (SMART Backend Services), their used assertions and their tokens.
CREATE TABLE client (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  jwks TEXT NOT NULL,
  scopes TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
  created_at {int} NOT NULL
) {strict};
CREATE TABLE client_assertion (
  client_id TEXT NOT NULL REFERENCES client (id),
  jti TEXT NOT NULL,
  expires_at {int} NOT NULL,
  PRIMARY KEY (client_id, jti)
) {strict};
CREATE INDEX client_assertion_by_expiry ON client_assertion (expires_at);
CREATE TABLE access_token (
  token_hash {blob} PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  scopes TEXT NOT NULL,
  issued_at {int} NOT NULL,
  expires_at {int} NOT NULL
) {strict};
CREATE INDEX access_token_by_expiry ON access_token (expires_at);

CREATE TABLE audit_event (
  sequence {int} PRIMARY KEY,
  recorded_at {int} NOT NULL,
  event TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('success', 'refused', 'failed')),
  rule TEXT,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('account', 'client', 'system', 'anonymous')),
  actor_id TEXT,
  actor_role TEXT,
  actor_gln TEXT,
  principal_id TEXT,
  delegation_id TEXT,
  authentication TEXT,
  address TEXT,
  node TEXT NOT NULL,
  request_id TEXT,
  session_hash TEXT,
  object_kind TEXT,
  object_id TEXT,
  object_version {int},
  patient_id TEXT,
  content_hash {blob},
  basis TEXT,
  detail TEXT,
  previous {blob} NOT NULL,
  leaf {blob} NOT NULL
) {strict};
CREATE INDEX audit_event_of_object ON audit_event (object_id, sequence);
CREATE INDEX audit_event_of_actor ON audit_event (actor_id, sequence);
CREATE TABLE audit_checkpoint (
  tree_size {int} PRIMARY KEY,
  root {blob} NOT NULL,
  note TEXT NOT NULL,
  created_at {int} NOT NULL
) {strict};
-- Complete subtrees of the hash tree, so that a checkpoint costs only the new leaves.
CREATE TABLE audit_node (
  level {int} NOT NULL,
  position {int} NOT NULL,
  hash {blob} NOT NULL,
  PRIMARY KEY (level, position)
) {strict};

CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  payload {blob} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'expired', 'cancelled')),
  tries {int} NOT NULL DEFAULT 0,
  created_at {int} NOT NULL,
  due_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  lease_until {int} NOT NULL DEFAULT 0,
  finished_at {int},
  reason TEXT
) {strict};
CREATE INDEX outbox_due ON outbox (state, due_at, id);
CREATE INDEX outbox_finished ON outbox (finished_at);

-- Month keys, wrapped by the key-encryption key; each wraps the data keys of its month.
CREATE TABLE period_key (
  period TEXT PRIMARY KEY,
  wrapped {blob} NOT NULL,
  created_at {int} NOT NULL
) {strict};
