-- How a service is reached directly: shown to the readers of its documents. Empty: by the portal team only.
ALTER TABLE service ADD COLUMN phone TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 40);
ALTER TABLE service ADD COLUMN email TEXT NOT NULL DEFAULT '' CHECK (length(email) <= 254);
ALTER TABLE service ADD COLUMN hours TEXT NOT NULL DEFAULT '' CHECK (length(hours) <= 120);
