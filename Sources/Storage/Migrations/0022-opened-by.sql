-- Who opened a document first, and when its reader did so himself: in a space with delegates that is not always the same
-- person. NULL for what was opened before, and for the software of a practice.
ALTER TABLE document_reader ADD COLUMN opened_by TEXT REFERENCES account (id);
ALTER TABLE document_reader ADD COLUMN own_opened_at {int};
