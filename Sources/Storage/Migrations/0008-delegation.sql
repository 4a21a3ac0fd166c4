-- Who may act in whose space, and in which space a session is.
CREATE TABLE delegation (
  id TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES account (id),
  delegate_id TEXT NOT NULL REFERENCES account (id),
  may_read {bool} NOT NULL,
  may_prepare {bool} NOT NULL,
  may_send {bool} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'confirmed', 'ended')),
  origin TEXT NOT NULL CHECK (origin IN ('principal', 'support')),
  proposed_by TEXT NOT NULL REFERENCES account (id),
  evidence TEXT NOT NULL,
  offered_at {int} NOT NULL,
  confirmed_at {int},
  confirmed_by TEXT REFERENCES account (id),
  ends_at {int} NOT NULL,
  ended_at {int},
  ended_by TEXT REFERENCES account (id),
  end_reason TEXT NOT NULL DEFAULT '',
  CHECK (principal_id <> delegate_id),
  CHECK (may_read OR may_prepare OR may_send)
) {strict};
CREATE INDEX delegation_of_delegate ON delegation (delegate_id, state);
CREATE INDEX delegation_of_principal ON delegation (principal_id, state);
CREATE INDEX delegation_by_state ON delegation (state, offered_at);
-- one at a time between two people
CREATE UNIQUE INDEX delegation_pair ON delegation (principal_id, delegate_id) WHERE state <> 'ended';

-- NULL: not chosen yet.
ALTER TABLE session ADD COLUMN principal_id TEXT REFERENCES account (id);
ALTER TABLE session ADD COLUMN delegation_id TEXT REFERENCES delegation (id);
UPDATE session SET principal_id = account_id WHERE stage = 'signedIn'
  AND account_id IN (SELECT id FROM account WHERE role = 'practitioner');

-- What was done in somebody's name.
CREATE INDEX audit_event_of_principal ON audit_event (principal_id, id) WHERE principal_id IS NOT NULL;
