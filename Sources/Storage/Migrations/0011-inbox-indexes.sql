-- With the columns that the statements ask for: without them SQLite counted the unread, and looked for one patient's
-- documents, among all documents of a space.
DROP INDEX document_reader_patient;
CREATE INDEX document_reader_patient ON document_reader
  (account_id, patient_id, is_superseded, received_at, document_id, expires_at, opened_at, type_code);
DROP INDEX document_reader_unread;
CREATE INDEX document_reader_unread ON document_reader
  (account_id, is_superseded, expires_at, received_at, document_id) WHERE opened_at IS NULL;
