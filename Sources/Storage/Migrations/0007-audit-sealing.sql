-- Events are written without waiting for each other; their place in the chain is given when they are sealed, by
-- one node at a time. Until then sequence, previous and leaf are empty.
CREATE TABLE audit_event_sealed_later (
  id {identity},
  sequence {int} UNIQUE,
  recorded_at {int} NOT NULL,
  event TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('success', 'refused', 'failed')),
  rule TEXT,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('account', 'client', 'system', 'anonymous')),
  actor_id TEXT,
  actor_role TEXT,
  actor_gln TEXT,
  principal_id TEXT,
  delegation_id TEXT,
  authentication TEXT,
  address TEXT,
  node TEXT NOT NULL,
  request_id TEXT,
  session_hash TEXT,
  object_kind TEXT,
  object_id TEXT,
  object_version {int},
  patient_id TEXT,
  content_hash {blob},
  basis TEXT,
  detail TEXT,
  previous {blob},
  leaf {blob},
  CHECK ((sequence IS NULL) = (leaf IS NULL) AND (sequence IS NULL) = (previous IS NULL))
) {strict};
INSERT INTO audit_event_sealed_later (id, sequence, recorded_at, event, outcome, rule, actor_kind, actor_id, actor_role, actor_gln, principal_id,
  delegation_id, authentication, address, node, request_id, session_hash, object_kind, object_id, object_version,
  patient_id, content_hash, basis, detail, previous, leaf)
SELECT sequence + 1, sequence, recorded_at, event, outcome, rule, actor_kind, actor_id, actor_role, actor_gln, principal_id,
  delegation_id, authentication, address, node, request_id, session_hash, object_kind, object_id, object_version,
  patient_id, content_hash, basis, detail, previous, leaf
FROM audit_event ORDER BY sequence;
DROP TABLE audit_event;
ALTER TABLE audit_event_sealed_later RENAME TO audit_event;
CREATE INDEX audit_event_unsealed ON audit_event (id) WHERE sequence IS NULL;
CREATE INDEX audit_event_of_object ON audit_event (object_id, id);
CREATE INDEX audit_event_of_actor ON audit_event (actor_id, id);
