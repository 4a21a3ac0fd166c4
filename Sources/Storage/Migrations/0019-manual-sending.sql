-- Sending by hand: the hospital's services, who works there, and the patient's consent to each sending. Beside it: what
-- stood in the way of deliveries, and who looks after the protection of data.

CREATE TABLE service (
  id TEXT PRIMARY KEY,
  -- as the record system writes it in documents
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  -- whether its members follow the documents that the record system sent for it, too
  follows_record {bool} NOT NULL,
  is_active {bool} NOT NULL,
  created_at {int} NOT NULL
) {strict};

CREATE TABLE service_member (
  service_id TEXT NOT NULL REFERENCES service (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  -- NULL: by the operator
  added_by TEXT REFERENCES account (id),
  added_at {int} NOT NULL,
  PRIMARY KEY (account_id, service_id)
) {strict};
CREATE INDEX service_member_of_service ON service_member (service_id);

-- One document sent by hand, with the explicit consent that was recorded (DPI-04, D16). `sent_by` heard or holds it.
CREATE TABLE manual_sending (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  service_id TEXT NOT NULL REFERENCES service (id),
  sent_by TEXT NOT NULL REFERENCES account (id),
  sent_at {int} NOT NULL,
  consent_id TEXT NOT NULL UNIQUE,
  consent_given_by TEXT NOT NULL CHECK (consent_given_by IN ('patient', 'representative')),
  consent_form TEXT NOT NULL CHECK (consent_form IN ('oral', 'written')),
  consent_on TEXT NOT NULL CHECK (length(consent_on) = 10),
  -- why it goes to somebody whom the patient has not designated for the stay; empty where he has
  reason TEXT NOT NULL CHECK (length(reason) <= 500)
) {strict};
CREATE INDEX manual_sending_of_service ON manual_sending (service_id, sent_at, document_id);
CREATE INDEX document_of_service ON document (service, published_at, id);
CREATE INDEX designation_of_gln ON designation (gln, is_active, decided_at);

-- The latest refusal of each document and recipient, for 90 days.
CREATE TABLE refused_delivery (
  sender_id TEXT NOT NULL,
  master_identifier TEXT NOT NULL,
  gln TEXT NOT NULL,
  rule TEXT NOT NULL,
  type_code TEXT NOT NULL,
  service TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  stay_system TEXT NOT NULL,
  stay_number TEXT NOT NULL,
  tries {int} NOT NULL,
  refused_at {int} NOT NULL,
  PRIMARY KEY (sender_id, master_identifier, gln)
) {strict};
CREATE INDEX refused_delivery_of_gln ON refused_delivery (gln, refused_at);
CREATE INDEX refused_delivery_by_time ON refused_delivery (refused_at);

-- What somebody of the hospital may do besides his role, once two people have decided so.
CREATE TABLE duty (
  account_id TEXT NOT NULL REFERENCES account (id),
  duty TEXT NOT NULL CHECK (duty IN ('dataProtection')),
  -- NULL: by the operator
  proposed_by TEXT REFERENCES account (id),
  proposer_person TEXT NOT NULL,
  proposed_at {int} NOT NULL,
  approved_by TEXT REFERENCES account (id),
  approver_person TEXT NOT NULL,
  approved_at {int},
  PRIMARY KEY (account_id, duty),
  CHECK (approved_by <> proposed_by),
  CHECK (approved_at IS NULL OR approver_person <> proposer_person)
) {strict};

-- The accesses to one patient's documents.
CREATE INDEX audit_event_of_patient ON audit_event (patient_id, id) WHERE patient_id IS NOT NULL;
