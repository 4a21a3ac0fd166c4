-- What the systems outside are told: the sender of a document what became of it, the software of a practice what its
-- professional received.

-- The events of the trail that concern a document, for the system that sent it. A document that was refused has none.
CREATE TABLE document_event (
  event_id {int} PRIMARY KEY,
  document_id TEXT,
  sender_id TEXT NOT NULL,
  recorded_at {int} NOT NULL
) {strict};
CREATE INDEX document_event_of_sender ON document_event (sender_id, recorded_at, event_id);
CREATE INDEX document_event_of_document ON document_event (document_id, event_id);

-- When the state of a document last changed for its sender, and how often.
CREATE TABLE document_change (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  sender_id TEXT NOT NULL,
  changed_at {int} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX document_change_of_sender ON document_change (sender_id, changed_at, document_id);

-- The same for a reader: received, corrected, withdrawn. What other readers do does not count.
CREATE TABLE reader_change (
  account_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  changed_at {int} NOT NULL,
  PRIMARY KEY (account_id, document_id)
) {strict};
CREATE INDEX reader_change_of_account ON reader_change (account_id, changed_at, document_id);

INSERT INTO document_event (event_id, document_id, sender_id, recorded_at)
SELECT audit_event.id, document.id, document.sender_id, audit_event.recorded_at
FROM audit_event JOIN document ON document.id = audit_event.object_id
WHERE audit_event.object_kind = 'document' AND audit_event.event IN
  ('documentPublished', 'documentReplaced', 'documentOpened', 'documentDownloaded', 'documentPrinted');
INSERT INTO document_change (document_id, sender_id, changed_at, version)
SELECT document.id, document.sender_id,
  COALESCE((SELECT MAX(recorded_at) FROM document_event WHERE document_event.document_id = document.id),
    document.published_at), 1
FROM document;
INSERT INTO reader_change (account_id, document_id, changed_at)
SELECT account_id, document_id, received_at FROM document_reader;

-- One row while the trace of documents is pushed to the hospital's record system.
CREATE TABLE record_feed (
  name TEXT PRIMARY KEY CHECK (name = 'record'),
  since {int} NOT NULL
) {strict};

-- A client that is bound to one professional: it reads what he may read, and nothing else.
CREATE TABLE practice_client (
  client_id TEXT PRIMARY KEY REFERENCES client (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  registered_by TEXT NOT NULL CHECK (registered_by IN ('holder', 'operator')),
  created_at {int} NOT NULL,
  revoked_at {int}
) {strict};
CREATE INDEX practice_client_of_account ON practice_client (account_id, created_at);

-- Where the software of a practice wants to be called when something changes (FHIR Subscription, rest-hook).
CREATE TABLE subscription (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  account_id TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  criteria TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'error', 'off')),
  fault TEXT,
  created_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX subscription_of_account ON subscription (account_id, state);
CREATE INDEX subscription_of_client ON subscription (client_id, created_at);

-- What the record system of the hospital reads of the directory: when a recipient last changed, and the name by which
-- he is found (empty: to be made from the account).
CREATE TABLE recipient_change (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  changed_at {int} NOT NULL,
  search_name TEXT NOT NULL
) {strict};
CREATE INDEX recipient_change_by_time ON recipient_change (changed_at, account_id);
CREATE INDEX recipient_change_by_name ON recipient_change (search_name, account_id);
INSERT INTO recipient_change (account_id, changed_at, search_name)
SELECT account.id, account.created_at, '' FROM practitioner JOIN account ON account.id = practitioner.account_id;
