-- Who can receive documents, and how they want to be told.
CREATE TABLE practitioner (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  gln TEXT UNIQUE CHECK (gln IS NULL OR length(gln) = 13),
  profession TEXT NOT NULL,
  speciality TEXT NOT NULL,
  practice TEXT NOT NULL,
  locality TEXT NOT NULL,
  notification_email TEXT NOT NULL,
  notification_policy TEXT NOT NULL CHECK (notification_policy IN ('sinceLastSignIn', 'daily', 'none')),
  delivery_mode TEXT NOT NULL CHECK (delivery_mode IN ('portal', 'securedMail', 'none')),
  lifetime_days {int} NOT NULL CHECK (lifetime_days BETWEEN 1 AND 3650)
) {strict};

-- Mail domains known to be secured (or not) by HIN. An unknown domain is a question to the team.
CREATE TABLE secured_domain (
  domain TEXT PRIMARY KEY,
  is_secured {bool} NOT NULL,
  provenance TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at {int} NOT NULL
) {strict};
