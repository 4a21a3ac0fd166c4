-- What this installation is, in its own words: `demo` is `begun` or `ready` where passwords are known to all.
CREATE TABLE installation (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) {strict};
