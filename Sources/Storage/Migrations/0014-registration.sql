-- Who the portal team is, under which number a professional is known, and what the registers say.

-- GLN, RPPS or none, of every account that was activated.
CREATE TABLE professional_identifier (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  kind TEXT NOT NULL CHECK (kind IN ('gln', 'rpps', 'none')),
  value TEXT NOT NULL,
  profession TEXT NOT NULL,
  -- asked for the cancer-screening application, whose charter lies elsewhere (ACC-41)
  wants_screening {bool} NOT NULL
) {strict};
CREATE UNIQUE INDEX professional_identifier_number ON professional_identifier (kind, value) WHERE kind <> 'none';

-- People of the hospital and external validators. The number is the person's: two accounts of one person have the same.
CREATE TABLE staff_member (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  person_number TEXT NOT NULL CHECK (length(person_number) BETWEEN 1 AND 50),
  organisation TEXT NOT NULL
) {strict};
CREATE INDEX staff_member_person ON staff_member (person_number);

-- The questions about mail domains, oldest first; somebody without an account asks with the identifier of a request.
CREATE INDEX secured_domain_question_by_time ON secured_domain_question (asked_at);

-- What a profession may have (D45). Without a row: everything.
CREATE TABLE profession_rule (
  profession TEXT PRIMARY KEY,
  may_ask {bool} NOT NULL,
  may_receive {bool} NOT NULL,
  -- codes of document types that are not addressed to it, between spaces
  withheld_types TEXT NOT NULL DEFAULT ''
) {strict};

-- Extracts of MedReg, PsyReg, NAREG and GesReg, as imported.
CREATE TABLE register_entry (
  register TEXT NOT NULL CHECK (register IN ('medreg', 'psyreg', 'nareg', 'gesreg')),
  gln TEXT NOT NULL CHECK (length(gln) = 13),
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  birth_year {int},
  profession TEXT NOT NULL,
  specialities TEXT NOT NULL,
  licence TEXT NOT NULL CHECK (licence IN ('valid', 'withdrawn', 'none')),
  canton TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  locality TEXT NOT NULL,
  imported_at {int} NOT NULL,
  PRIMARY KEY (register, gln)
) {strict};
CREATE INDEX register_entry_of_gln ON register_entry (gln);

-- What an import said anew about somebody who has an account, until the portal team has looked at it.
CREATE TABLE register_change (
  id TEXT PRIMARY KEY,
  gln TEXT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('name', 'licence', 'address', 'specialities', 'removed')),
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  seen_at {int} NOT NULL,
  settled_at {int},
  settled_by TEXT REFERENCES account (id)
) {strict};
CREATE INDEX register_change_open ON register_change (settled_at, seen_at);
CREATE INDEX register_change_of_gln ON register_change (gln, seen_at);

-- Somebody who is to join the portal team, until two people have decided.
CREATE TABLE staff_draft (
  id TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('registrar', 'portalAdmin', 'serviceMember')),
  email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  honorific TEXT NOT NULL,
  family_name TEXT NOT NULL CHECK (length(family_name) BETWEEN 1 AND 100),
  given_name TEXT NOT NULL CHECK (length(given_name) BETWEEN 1 AND 100),
  mobile TEXT NOT NULL,
  person_number TEXT NOT NULL CHECK (length(person_number) BETWEEN 1 AND 50),
  organisation TEXT NOT NULL,
  -- of the one-time secret of the first administrators
  secret {blob},
  created_at {int} NOT NULL,
  account_id TEXT REFERENCES account (id)
) {strict};

-- Why the portal team suspended, reactivated or closed an account.
CREATE TABLE account_state_reason (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES account (id),
  decided_at {int} NOT NULL
) {strict};
CREATE INDEX account_state_reason_of_account ON account_state_reason (account_id, decided_at);
