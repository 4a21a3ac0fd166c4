-- SQLite only: on PostgreSQL other nodes would wait for the trail as long as its index is made, and the planner would have
-- to sort what has no place yet.
-- Most events are looks at lists and have no object: nobody looks for them by one.
{sqlite only} DROP INDEX audit_event_of_object;
{sqlite only} CREATE INDEX audit_event_of_object ON audit_event (object_id, id) WHERE object_id IS NOT NULL;
-- The events without a place are found in the index of places, in the order of id.
{sqlite only} DROP INDEX audit_event_unsealed;
