-- What stands in the journal of one document is found by the trail's own index of objects. This one cost each reading
-- a page of the disk, as dear as the trail's, and answered nothing that the trail does not.
DROP INDEX document_event_of_document;
