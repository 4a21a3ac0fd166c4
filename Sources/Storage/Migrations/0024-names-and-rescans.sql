-- Whether the names of files that are taken out of a space say whom they are about. Off: nobody's name outside the portal.
ALTER TABLE profile ADD COLUMN names_patients {bool} NOT NULL DEFAULT FALSE;

-- When a file was last looked at by a scanner; 0: never. Those that wait the longest come first.
ALTER TABLE content ADD COLUMN scanned_at {int} NOT NULL DEFAULT 0;
CREATE INDEX content_by_scan ON content (scanned_at, document_id)
  WHERE part = 'original' AND wrapped_key IS NOT NULL;

-- What the scanner called it, of a document that was taken back because of that.
ALTER TABLE withdrawal ADD COLUMN malware TEXT CHECK (length(malware) BETWEEN 1 AND 100);
