-- What became of a wish for a new release, as its reader is told. Both are null while it waits; the answer also of what
-- was settled before there were answers.
ALTER TABLE renewal_request ADD COLUMN answer TEXT CHECK (answer IN ('released', 'refused'));
-- The service's words to the reader: nothing clinical.
ALTER TABLE renewal_request ADD COLUMN reason TEXT CHECK (length(reason) <= 200);
