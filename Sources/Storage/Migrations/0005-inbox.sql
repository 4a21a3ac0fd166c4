-- The inbox is filtered and counted without touching the documents: what it filters by stands beside the
-- permission. Both never change once a document is published.
ALTER TABLE document_reader ADD COLUMN type_code TEXT NOT NULL DEFAULT '';
ALTER TABLE document_reader ADD COLUMN patient_id TEXT NOT NULL DEFAULT '';
UPDATE document_reader SET
  type_code = (SELECT document.type_code FROM document WHERE document.id = document_reader.document_id),
  patient_id = (SELECT document.patient_id FROM document WHERE document.id = document_reader.document_id);

DROP INDEX document_reader_inbox;
CREATE INDEX document_reader_inbox ON document_reader
  (account_id, is_superseded, received_at, document_id, expires_at, opened_at, type_code, patient_id);
CREATE INDEX document_reader_type ON document_reader (account_id, type_code);
CREATE INDEX document_reader_patient ON document_reader (account_id, patient_id, received_at, document_id);
