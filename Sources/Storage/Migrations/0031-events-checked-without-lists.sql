-- SQLite only: for each row it builds a table of what stands in an IN of more than two values, and two such tables cost
-- as much as the insertion itself. Every look at a list writes an event. The same is said with OR: no row changes by
-- that, so the text of the table is all that is written anew
-- (https://www.sqlite.org/lang_altertable.html, «Making Other Kinds Of Table Schema Changes»).
{sqlite only} PRAGMA writable_schema = ON;
{sqlite only} UPDATE sqlite_schema SET sql = replace(replace(sql,
{sqlite only}   'outcome IN (''success'', ''refused'', ''failed'')',
{sqlite only}   'outcome = ''success'' OR outcome = ''refused'' OR outcome = ''failed'''),
{sqlite only}   'actor_kind IN (''account'', ''client'', ''system'', ''anonymous'')',
{sqlite only}   'actor_kind = ''account'' OR actor_kind = ''client'' OR actor_kind = ''system'' OR actor_kind = ''anonymous''')
{sqlite only}   WHERE type = 'table' AND name = 'audit_event';
-- Whoever has the file open reads the schema again after a change that SQLite makes itself, and so do we.
{sqlite only} CREATE TABLE schema_is_new (n INTEGER); DROP TABLE schema_is_new;
{sqlite only} PRAGMA writable_schema = RESET;
