-- What record systems tell by HL7 v2: stays with the professionals named for them, patient numbers that were merged,
-- and which messages were processed already.
CREATE TABLE stay (
  system TEXT NOT NULL,
  number TEXT NOT NULL,
  -- the patient's pseudonym; he need not be known by name before there is a document about him
  patient_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('inpatient', 'ambulatory', 'emergency', 'unknown')),
  starts_on TEXT,
  ends_on TEXT,
  is_closed {bool} NOT NULL,
  consent TEXT NOT NULL CHECK (consent IN ('unknown', 'given', 'refused', 'rescinded')),
  sender_id TEXT NOT NULL REFERENCES client (id),
  recorded_at {int} NOT NULL,
  PRIMARY KEY (system, number)
) {strict};
CREATE INDEX stay_of_patient ON stay (patient_id);

-- Named for a stay (ROL); whether that is a permission too, the consent says.
CREATE TABLE stay_professional (
  stay_system TEXT NOT NULL,
  stay_number TEXT NOT NULL,
  gln TEXT NOT NULL,
  is_named {bool} NOT NULL,
  recorded_at {int} NOT NULL,
  PRIMARY KEY (stay_system, stay_number, gln)
) {strict};

-- A number that no longer stands for a patient of its own, and the one that took its place.
CREATE TABLE patient_link (
  system TEXT NOT NULL,
  number TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  survivor_id TEXT NOT NULL,
  survivor_system TEXT NOT NULL,
  survivor_number TEXT NOT NULL,
  merged_at {int} NOT NULL,
  PRIMARY KEY (system, number)
) {strict};
CREATE INDEX patient_link_of_patient ON patient_link (patient_id);
CREATE INDEX patient_link_of_survivor ON patient_link (survivor_id);
CREATE INDEX designation_of_patient ON designation (patient_system, patient_number);

-- The pseudonym a content is sealed for, where it is not (any more) that of its document.
ALTER TABLE content ADD COLUMN sealed_patient TEXT;

-- Messages that were processed, for as long as they may be repeated.
CREATE TABLE message_journal (
  sender_id TEXT NOT NULL REFERENCES client (id),
  application TEXT NOT NULL,
  facility TEXT NOT NULL,
  control_id TEXT NOT NULL,
  digest {blob} NOT NULL,
  recorded_at {int} NOT NULL,
  PRIMARY KEY (sender_id, application, facility, control_id)
) {strict};
-- Documents that were taken back before they came: they do not get in any more.
CREATE TABLE withdrawn_ahead (
  sender_id TEXT NOT NULL REFERENCES client (id),
  master_identifier TEXT NOT NULL,
  withdrawn_at {int} NOT NULL,
  PRIMARY KEY (sender_id, master_identifier)
) {strict};
CREATE INDEX message_journal_by_age ON message_journal (recorded_at);
