-- What a reader has still to read. It begins as «never opened» and is his own mark from then on: `opened_at` stays what
-- happened, for the hospital and the trail.
ALTER TABLE document_reader ADD COLUMN is_unread {bool} NOT NULL DEFAULT TRUE;
UPDATE document_reader SET is_unread = FALSE WHERE opened_at IS NOT NULL;

DROP INDEX document_reader_inbox;
CREATE INDEX document_reader_inbox ON document_reader
  (account_id, is_superseded, received_at, document_id, expires_at, is_unread, type_code, patient_id);
DROP INDEX document_reader_patient;
CREATE INDEX document_reader_patient ON document_reader
  (account_id, patient_id, is_superseded, received_at, document_id, expires_at, is_unread, type_code);
DROP INDEX document_reader_unread;
-- For their number only; the list of the unread ones is in the order of the inbox, and reads its index.
CREATE INDEX document_reader_unread ON document_reader
  (account_id, is_superseded, expires_at, received_at, document_id, is_unread, type_code, patient_id)
  WHERE is_unread = TRUE;

-- What a document is found by: its title, service and author without accents and capitals. New ones are folded by the
-- portal; the accents of this language are taken off those that are there.
ALTER TABLE document ADD COLUMN search_name TEXT NOT NULL DEFAULT '';
UPDATE document SET search_name =
  replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(lower(title || ' ' || service || ' ' || author),
    'é', 'e'), 'è', 'e'), 'ê', 'e'), 'ë', 'e'), 'à', 'a'), 'â', 'a'), 'ç', 'c'), 'î', 'i'),
    'ï', 'i'), 'ô', 'o'), 'ö', 'o'), 'ü', 'u'), 'û', 'u'), 'ä', 'a'), 'É', 'e'), 'È', 'e');

-- Which words occur in a document: keyed hashes, never the words. Gone when the document is.
CREATE TABLE document_word (
  document_id TEXT NOT NULL REFERENCES document (id),
  word {int} NOT NULL,
  PRIMARY KEY (document_id, word)
) {strict};

-- «2 patientes portent ce nom»
CREATE INDEX patient_by_name ON patient (family_name, given_name);

-- Filters of a list under a name of their owner's.
CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  filters TEXT NOT NULL CHECK (length(filters) <= 2000),
  is_default {bool} NOT NULL,
  is_shared {bool} NOT NULL,
  saved_at {int} NOT NULL,
  UNIQUE (account_id, name)
) {strict};
CREATE UNIQUE INDEX saved_view_default ON saved_view (account_id) WHERE is_default = TRUE;
