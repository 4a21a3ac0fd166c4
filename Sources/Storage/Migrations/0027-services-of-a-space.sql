-- The list is filtered by service as it is by type: what it filters by stands beside the permission, and the services that
-- occur in a space are found in an index. It never changes once a document is published.
ALTER TABLE document_reader ADD COLUMN service TEXT NOT NULL DEFAULT '';
UPDATE document_reader SET
  service = (SELECT document.service FROM document WHERE document.id = document_reader.document_id);
CREATE INDEX document_reader_service ON document_reader (account_id, service);
