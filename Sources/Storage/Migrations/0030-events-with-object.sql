-- Most events are looks at lists and have no object: nobody looks for them by one.
DROP INDEX audit_event_of_object;
CREATE INDEX audit_event_of_object ON audit_event (object_id, id) WHERE object_id IS NOT NULL;
-- SQLite finds the events without a place in the index of places, in the order of id; PostgreSQL would have to sort them.
{sqlite only} DROP INDEX audit_event_unsealed;
