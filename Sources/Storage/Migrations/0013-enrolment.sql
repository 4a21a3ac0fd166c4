-- How somebody comes to an account: the request, the appointment, the proof of identity, the decision of two people,
-- the confirmed address. Nothing here is usable to sign in.

-- The password is kept as a hash only, and wiped with the decision. Requests for an address that has an account stand
-- here like any other.
CREATE TABLE account_request (
  id TEXT PRIMARY KEY,
  -- the applicant's own link
  token_hash {blob} NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN
    ('requested', 'identityVerified', 'activated', 'confirmed', 'refused', 'withdrawn', 'expired')),
  -- counts every change of what a decision rests on
  version {int} NOT NULL,
  honorific TEXT NOT NULL,
  family_name TEXT NOT NULL CHECK (length(family_name) BETWEEN 1 AND 100),
  given_name TEXT NOT NULL CHECK (length(given_name) BETWEEN 1 AND 100),
  email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  mobile TEXT NOT NULL,
  code_channel TEXT NOT NULL CHECK (code_channel IN ('sms', 'email')),
  identifier_kind TEXT NOT NULL CHECK (identifier_kind IN ('gln', 'rpps', 'none')),
  identifier TEXT NOT NULL,
  profession TEXT NOT NULL,
  specialities TEXT NOT NULL,
  practice TEXT NOT NULL,
  -- who answers for somebody without an identifier
  responsible TEXT NOT NULL,
  wants_screening {bool} NOT NULL,
  password_hash TEXT,
  -- what the applicant is asked to add, shown on his page
  complement TEXT NOT NULL,
  complement_at {int},
  refusal TEXT NOT NULL,
  created_at {int} NOT NULL,
  decided_at {int},
  account_id TEXT REFERENCES account (id)
) {strict};
CREATE INDEX account_request_queue ON account_request (state, created_at, id);
CREATE INDEX account_request_of_email ON account_request (email, created_at);
CREATE INDEX account_request_of_identifier ON account_request (identifier_kind, identifier);
CREATE INDEX account_request_of_account ON account_request (account_id);

-- What the person who checked the identity saw (ADM-04 to ADM-07). The number of the document is sealed; its keyed
-- hash tells whether it was shown before.
CREATE TABLE identity_proof (
  request_id TEXT PRIMARY KEY REFERENCES account_request (id),
  -- 'outsideIdentity': a provider of identities has proved the person at its highest level; its issuer and subject stand
  -- for the number, no document was looked at (D03)
  document_kind TEXT NOT NULL CHECK
    (document_kind IN ('passport', 'identityCard', 'residencePermit', 'outsideIdentity')),
  document_number {blob} NOT NULL,
  document_hash {blob} NOT NULL,
  valid_until TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'other', 'unknown')),
  control TEXT NOT NULL CHECK (control IN ('sms', 'call')),
  control_note TEXT NOT NULL,
  register_result TEXT NOT NULL CHECK (register_result IN ('match', 'differences', 'absent', 'notApplicable')),
  register_note TEXT NOT NULL,
  place TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES account (id),
  recorded_at {int} NOT NULL
) {strict};
CREATE INDEX identity_proof_of_document ON identity_proof (document_hash);

-- Control SMS: read out by the applicant, typed by the one who checks.
CREATE TABLE control_code (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES account_request (id),
  code_hash {blob} NOT NULL,
  sent_by TEXT NOT NULL REFERENCES account (id),
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  tries {int} NOT NULL DEFAULT 0,
  used_at {int}
) {strict};
CREATE INDEX control_code_of_request ON control_code (request_id, created_at);

-- Copies of identity documents, sealed. Deleting wrapped_key destroys one.
CREATE TABLE identity_copy (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES account_request (id),
  blob TEXT NOT NULL UNIQUE,
  period TEXT NOT NULL REFERENCES period_key (period),
  wrapped_key {blob},
  media_type TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png')),
  byte_count {int} NOT NULL,
  added_at {int} NOT NULL,
  -- NULL: the applicant himself
  added_by TEXT REFERENCES account (id),
  destroyed_at {int}
) {strict};
CREATE INDEX identity_copy_of_request ON identity_copy (request_id, added_at);

-- Where and how identities are checked (D05).
CREATE TABLE validation_site (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  mode TEXT NOT NULL CHECK (mode IN ('video', 'desk')),
  address TEXT NOT NULL,
  directions TEXT NOT NULL,
  needs_appointment {bool} NOT NULL,
  is_active {bool} NOT NULL,
  position {int} NOT NULL
) {strict};

CREATE TABLE validation_slot (
  id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES validation_site (id),
  starts_at {int} NOT NULL,
  minutes {int} NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  cancelled_at {int},
  UNIQUE (site_id, starts_at)
) {strict};
CREATE INDEX validation_slot_by_time ON validation_slot (starts_at);

-- One for each request; a slot is taken by one request.
CREATE TABLE appointment (
  request_id TEXT PRIMARY KEY REFERENCES account_request (id),
  site_id TEXT NOT NULL REFERENCES validation_site (id),
  slot_id TEXT UNIQUE REFERENCES validation_slot (id),
  chosen_at {int} NOT NULL,
  missed_at {int}
) {strict};

-- Links by which the holder of a new account confirms the address; only a hash of each.
CREATE TABLE email_confirmation (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  token_hash {blob} NOT NULL UNIQUE,
  -- a second secret, handed over by another way; for the first administrators
  secret_hash {blob},
  tries {int} NOT NULL DEFAULT 0,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  used_at {int},
  voided_at {int}
) {strict};
CREATE INDEX email_confirmation_of_account ON email_confirmation (account_id, created_at);

-- Acts that two different people decide: proposed, then approved by another person, once, before the end, exactly as
-- proposed. A person is told by a number that belongs to the person and not to the account.
CREATE TABLE four_eyes_act (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('activateAccount', 'addStaff', 'firstAdministrator')),
  subject_id TEXT NOT NULL,
  parameters TEXT NOT NULL,
  parameters_hash {blob} NOT NULL,
  -- NULL: by a command of the operator
  proposed_by TEXT REFERENCES account (id),
  proposer_person TEXT NOT NULL,
  proposed_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  approved_by TEXT REFERENCES account (id),
  approver_person TEXT,
  approved_at {int},
  withdrawn_at {int},
  CHECK (approved_by <> proposed_by),
  CHECK (approver_person <> proposer_person),
  CHECK ((approved_at IS NULL) = (approver_person IS NULL))
) {strict};
CREATE INDEX four_eyes_act_of_subject ON four_eyes_act (kind, subject_id, proposed_at);
