-- What the hospital publishes. Nothing is changed in place: a correction is a new document.
CREATE TABLE patient (
  id TEXT PRIMARY KEY,
  system TEXT NOT NULL,
  number TEXT NOT NULL,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'other', 'unknown')),
  search_name TEXT NOT NULL,
  UNIQUE (system, number)
) {strict};

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  sender_id TEXT NOT NULL REFERENCES client (id),
  master_identifier TEXT NOT NULL,
  request_digest {blob} NOT NULL,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  stay_system TEXT NOT NULL,
  stay_number TEXT NOT NULL,
  stay_start TEXT,
  stay_end TEXT,
  type_code TEXT NOT NULL,
  class_code TEXT NOT NULL,
  title TEXT NOT NULL,
  service TEXT NOT NULL,
  author TEXT NOT NULL,
  language TEXT NOT NULL,
  confidentiality TEXT NOT NULL,
  authored_at {int} NOT NULL,
  published_at {int} NOT NULL,
  media_type TEXT NOT NULL,
  byte_count {int} NOT NULL,
  sha256 {blob} NOT NULL,
  sha1 {blob} NOT NULL,
  page_count {int} NOT NULL,
  warnings TEXT NOT NULL,
  version {int} NOT NULL,
  replaces_id TEXT UNIQUE REFERENCES document (id),
  state TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'withdrawn', 'expired')),
  preview TEXT NOT NULL CHECK (preview IN ('pending', 'ready', 'failed')),
  UNIQUE (sender_id, master_identifier)
) {strict};
CREATE INDEX document_of_patient ON document (patient_id, published_at);

-- Sealed contents: the original, its text version, its page images. Deleting wrapped_key destroys the content.
CREATE TABLE content (
  document_id TEXT NOT NULL REFERENCES document (id),
  part TEXT NOT NULL CHECK (part IN ('original', 'text', 'page')),
  number {int} NOT NULL,
  blob TEXT NOT NULL UNIQUE,
  period TEXT NOT NULL REFERENCES period_key (period),
  wrapped_key {blob},
  byte_count {int} NOT NULL,
  width {int} NOT NULL,
  height {int} NOT NULL,
  PRIMARY KEY (document_id, part, number)
) {strict};

-- Who may read what: the permission itself, written when the document is published.
CREATE TABLE document_reader (
  account_id TEXT NOT NULL REFERENCES account (id),
  document_id TEXT NOT NULL REFERENCES document (id),
  received_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  is_superseded {bool} NOT NULL,
  basis TEXT NOT NULL,
  opened_at {int},
  downloaded_at {int},
  PRIMARY KEY (account_id, document_id)
) {strict};
CREATE INDEX document_reader_inbox ON document_reader (account_id, is_superseded, received_at, document_id);
CREATE INDEX document_reader_unread ON document_reader (account_id, received_at, document_id)
  WHERE opened_at IS NULL;
CREATE INDEX document_reader_of_document ON document_reader (document_id);
