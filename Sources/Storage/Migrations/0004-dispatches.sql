-- The hospital's table of document classes; a class is not «communicant» until flagged (D40).
CREATE TABLE document_class (
  type_code TEXT PRIMARY KEY,
  is_communicant {bool} NOT NULL
) {strict};

-- A patient's designation of a professional for one stay, or a refusal (FHIR Consent).
CREATE TABLE designation (
  id TEXT PRIMARY KEY,
  sender_id TEXT NOT NULL REFERENCES client (id),
  system TEXT NOT NULL,
  identifier TEXT NOT NULL,
  patient_system TEXT NOT NULL,
  patient_number TEXT NOT NULL,
  stay_system TEXT NOT NULL,
  stay_number TEXT NOT NULL,
  gln TEXT,
  decision TEXT NOT NULL CHECK (decision IN ('permit', 'deny')),
  is_active {bool} NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  decided_at {int} NOT NULL,
  recorded_at {int} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (sender_id, system, identifier)
) {strict};
CREATE INDEX designation_of_stay ON designation (stay_system, stay_number, gln);

-- One delivery: a document to a recipient, with the basis of its disclosure and what became of it.
CREATE TABLE dispatch (
  document_id TEXT NOT NULL REFERENCES document (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  gln TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('portal')),
  basis TEXT NOT NULL CHECK (basis IN ('designation', 'assertion')),
  designation_id TEXT REFERENCES designation (id),
  designation_version {int},
  notified_at {int},
  created_at {int} NOT NULL,
  PRIMARY KEY (document_id, account_id)
) {strict};
CREATE INDEX dispatch_of_account ON dispatch (account_id, notified_at);
