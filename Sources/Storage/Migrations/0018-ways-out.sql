-- How long a document lives, and the ways out beside the portal: secured mail and paper.

-- The key store: half of the key of each document's contents. It is in no backup of rows, so that destroying it here
-- destroys the contents in all of them (ADR 0031). No reference: it is restored apart from the documents.
CREATE TABLE document_secret (
  document_id TEXT PRIMARY KEY,
  secret {blob} NOT NULL CHECK (length(secret) = 32)
) {strict};
-- FALSE: sealed before there were secrets; the key of the month alone opens it.
ALTER TABLE content ADD COLUMN is_bound {bool} NOT NULL DEFAULT FALSE;

-- When this reader's life of the document was ended by the portal, when he extended it, of how many days before its end
-- he was warned last, and whether that warning waits for a mail.
ALTER TABLE document_reader ADD COLUMN ended_at {int};
ALTER TABLE document_reader ADD COLUMN extended_at {int};
ALTER TABLE document_reader ADD COLUMN warned_days {int} NOT NULL DEFAULT 100000;
ALTER TABLE document_reader ADD COLUMN is_warning_due {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX document_reader_ending ON document_reader (expires_at, warned_days) WHERE ended_at IS NULL;
CREATE INDEX document_reader_warning ON document_reader (account_id) WHERE is_warning_due = TRUE;

-- What keeps a document's contents besides its readers: a mail that may come back, a letter that waits to be printed.
CREATE TABLE document_hold (
  document_id TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL CHECK (kind IN ('mail', 'post', 'record')),
  until_at {int} NOT NULL,
  PRIMARY KEY (document_id, kind)
) {strict};
CREATE INDEX document_hold_ending ON document_hold (until_at);

-- «Demander une nouvelle mise à disposition»: one for each document and recipient.
CREATE TABLE renewal_request (
  document_id TEXT NOT NULL REFERENCES document (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  asked_by TEXT NOT NULL REFERENCES account (id),
  asked_at {int} NOT NULL,
  settled_by TEXT REFERENCES account (id),
  settled_at {int},
  PRIMARY KEY (document_id, account_id)
) {strict};
CREATE INDEX renewal_request_open ON renewal_request (settled_at, asked_at);
CREATE INDEX renewal_request_of_account ON renewal_request (account_id, asked_at);

-- A document on its way to a secured mailbox. The token is in the envelope and the Message-ID; what comes back is
-- known by it. The address is looked up in the profile at each sending, and not kept.
CREATE TABLE secured_mail (
  token TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'delivered', 'fellBack', 'cancelled')),
  created_at {int} NOT NULL,
  sent_at {int},
  settled_at {int},
  -- why it fell back: a code of ours, or the enhanced status of the mail system
  reason TEXT,
  UNIQUE (document_id, account_id)
) {strict};

-- Documents that go on paper. Who has no account has only a name and lines.
CREATE TABLE post_export (
  id TEXT PRIMARY KEY,
  exported_at {int} NOT NULL,
  -- NULL: by a command of the operator
  exported_by TEXT REFERENCES account (id),
  items {int} NOT NULL
) {strict};
CREATE TABLE post_item (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  account_id TEXT REFERENCES account (id),
  -- what was asked for twice is one
  request_key TEXT NOT NULL UNIQUE,
  -- lines of the address, separated by line feeds
  address TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 1000),
  reason TEXT NOT NULL CHECK (reason IN ('noElectronicWay', 'unreadDays', 'asked')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'exported', 'cancelled', 'dropped')),
  queued_at {int} NOT NULL,
  -- NULL: by the portal
  queued_by TEXT REFERENCES account (id),
  settled_at {int},
  export_id TEXT REFERENCES post_export (id)
) {strict};
CREATE INDEX post_item_queue ON post_item (state, queued_at, id);
CREATE INDEX post_item_of_document ON post_item (document_id, account_id);
CREATE INDEX post_item_of_export ON post_item (export_id, id);
-- What stays unread and may go on paper, the oldest first.
CREATE INDEX document_reader_unopened ON document_reader (received_at, document_id)
  WHERE opened_at IS NULL AND ended_at IS NULL;
