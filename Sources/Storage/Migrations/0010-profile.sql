-- What professionals say of themselves, and how they want to be served. Practice, notices, delivery and lifetime stand
-- in `practitioner`, which the sending rules read.
CREATE TABLE profile (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  contact_email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  organization_email TEXT NOT NULL DEFAULT '',
  organization_phone TEXT NOT NULL DEFAULT '',
  document_email TEXT NOT NULL DEFAULT '',
  -- codes separated by spaces; empty: all types
  displayed_types TEXT NOT NULL DEFAULT '' CHECK (length(displayed_types) <= 1000),
  displayed_patients TEXT NOT NULL DEFAULT 'all'
    CHECK (displayed_patients IN ('all', 'months3', 'months6', 'months12')),
  start_page TEXT NOT NULL DEFAULT 'home' CHECK (start_page IN ('home', 'documents', 'patients'))
) {strict};

-- How often each tab was saved: a form that was opened before another saving is told so.
CREATE TABLE profile_section (
  account_id TEXT NOT NULL REFERENCES account (id),
  section TEXT NOT NULL CHECK (section IN ('identity', 'addresses', 'organization', 'preferences')),
  version {int} NOT NULL CHECK (version > 0),
  saved_at {int} NOT NULL,
  PRIMARY KEY (account_id, section)
) {strict};

CREATE TABLE practitioner_speciality (
  account_id TEXT NOT NULL REFERENCES account (id),
  code TEXT NOT NULL,
  PRIMARY KEY (account_id, code)
) {strict};
CREATE INDEX practitioner_speciality_by_code ON practitioner_speciality (code);

CREATE TABLE postal_address (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL CHECK (kind IN ('general', 'mailing', 'practice')),
  recipient TEXT NOT NULL,
  street TEXT NOT NULL CHECK (length(street) > 0),
  postal_code TEXT NOT NULL CHECK (length(postal_code) > 0),
  city TEXT NOT NULL CHECK (length(city) > 0),
  country TEXT NOT NULL CHECK (length(country) = 2),
  source TEXT NOT NULL CHECK (source IN ('practitioner', 'register')),
  saved_at {int} NOT NULL
) {strict};
CREATE INDEX postal_address_of_account ON postal_address (account_id, id);
-- paper goes to one address
CREATE UNIQUE INDEX postal_address_mailing ON postal_address (account_id) WHERE kind = 'mailing';

-- How the pages look for somebody, whatever his role; NULL: not chosen yet.
CREATE TABLE account_preference (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  language TEXT CHECK (language IN ('fr', 'de', 'it', 'en')),
  theme TEXT CHECK (theme IN ('system', 'light', 'dark')),
  has_shortcuts {bool} NOT NULL
) {strict};

-- A name that was proved is changed by two persons: the one who bears it, and one of the portal team.
CREATE TABLE name_change (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  family_name TEXT NOT NULL CHECK (length(family_name) > 0),
  given_name TEXT NOT NULL CHECK (length(given_name) > 0),
  requested_at {int} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
  decided_by TEXT REFERENCES account (id),
  decided_at {int},
  CHECK (decided_by <> account_id)
) {strict};
CREATE UNIQUE INDEX name_change_waiting ON name_change (account_id) WHERE state = 'waiting';
CREATE INDEX name_change_by_state ON name_change (state, requested_at);

-- Mail domains of which nobody has said yet whether they are secured: a queue for the portal team. Whoever asks first
-- makes the table.
CREATE TABLE IF NOT EXISTS secured_domain_question (
  domain TEXT NOT NULL CHECK (length(domain) BETWEEN 1 AND 253),
  asked_by TEXT NOT NULL,
  asked_at {int} NOT NULL,
  PRIMARY KEY (domain, asked_by)
) {strict};
