-- Second factors beside the codes that are sent, links for a forgotten password, and new mobile numbers.

-- Authenticator apps (RFC 6238), one an account. The secret is sealed; it counts once a code of it was typed.
CREATE TABLE authenticator (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  -- the session in which it is being enrolled; nobody else sees the secret
  session_id TEXT NOT NULL,
  secret {blob} NOT NULL,
  -- the newest time step that was used: each counts once
  last_step {int} NOT NULL,
  created_at {int} NOT NULL,
  confirmed_at {int},
  last_used_at {int}
) {strict};
CREATE UNIQUE INDEX authenticator_of_account ON authenticator (account_id) WHERE confirmed_at IS NOT NULL;
CREATE INDEX authenticator_begun ON authenticator (account_id, created_at);

-- Passkeys (WebAuthn): public keys only.
CREATE TABLE passkey (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  credential_id {blob} NOT NULL UNIQUE,
  -- COSE: -7 ES256, -8 EdDSA
  algorithm {int} NOT NULL CHECK (algorithm IN (-7, -8)),
  public_key {blob} NOT NULL,
  sign_count {int} NOT NULL,
  is_backup_eligible {bool} NOT NULL,
  is_backed_up {bool} NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  created_at {int} NOT NULL,
  last_used_at {int}
) {strict};
CREATE INDEX passkey_of_account ON passkey (account_id, created_at);

-- Challenges that were answered, so that none is answered twice. Those that are open stand nowhere: they are signed.
CREATE TABLE passkey_challenge (
  challenge {blob} PRIMARY KEY,
  expires_at {int} NOT NULL
) {strict};
CREATE INDEX passkey_challenge_expired ON passkey_challenge (expires_at);

-- Codes for the day on which every other factor is away: keyed hashes, each used once.
CREATE TABLE recovery_code (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  code_hash {blob} NOT NULL,
  created_at {int} NOT NULL,
  used_at {int},
  UNIQUE (account_id, code_hash)
) {strict};

-- The second factor that a sign-in waits for and how often it was tried; then, which one proved who is there, and when
-- he last proved it.
CREATE TABLE session_factor (
  session_id TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
  factor TEXT NOT NULL CHECK (factor IN ('sms', 'email', 'authenticator', 'recoveryCode', 'passkey')),
  tries {int} NOT NULL DEFAULT 0,
  proved_at {int}
) {strict};

-- Links for a forgotten password; only a hash of each.
CREATE TABLE password_link (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  token_hash {blob} NOT NULL UNIQUE,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  used_at {int},
  voided_at {int}
) {strict};
CREATE INDEX password_link_of_account ON password_link (account_id, created_at);

-- Mobile numbers that are being confirmed: one becomes a factor once the code sent to it was typed.
CREATE TABLE new_mobile (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  mobile TEXT NOT NULL,
  code_hash {blob} NOT NULL,
  -- who began it: the registrar after a new proof of identity, or the holder with a strong factor
  begun_by TEXT NOT NULL REFERENCES account (id),
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  tries {int} NOT NULL DEFAULT 0,
  confirmed_at {int}
) {strict};
CREATE INDEX new_mobile_of_account ON new_mobile (account_id, created_at);

-- Second factors to be taken away by the portal team, by two of them (four eyes).
CREATE TABLE factor_reset (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  proposed_by TEXT NOT NULL REFERENCES account (id),
  proposed_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  approved_by TEXT REFERENCES account (id),
  approved_at {int},
  withdrawn_at {int},
  CHECK (approved_by <> proposed_by)
) {strict};
CREATE INDEX factor_reset_of_account ON factor_reset (account_id, proposed_at);
