-- What recipients are found by: each word of their name, place, speciality, profession, practice and number, without
-- accents and capitals. The portal writes them with the names; for who is there already when it starts next, since no
-- engine folds as it does.
CREATE TABLE recipient_word (
  account_id TEXT NOT NULL REFERENCES account (id),
  word TEXT NOT NULL,
  is_name {bool} NOT NULL,
  PRIMARY KEY (account_id, word)
) {strict};
CREATE INDEX recipient_word_by_word ON recipient_word (word, is_name, account_id);

-- `search_name` is what recipients are sorted by from now on: the folded names, the family's first. Empty: this and the
-- words are still to be made.
INSERT INTO recipient_change (account_id, changed_at, search_name)
SELECT account.id, account.created_at, '' FROM practitioner JOIN account ON account.id = practitioner.account_id
LEFT JOIN recipient_change change ON change.account_id = account.id WHERE change.account_id IS NULL;
UPDATE recipient_change SET search_name = '';
DROP INDEX recipient_change_by_name;
CREATE INDEX recipient_change_without_words ON recipient_change (account_id) WHERE search_name = '';
