-- What is given, as it is given: NULL is unknown.
CREATE TABLE interaction (
  n INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL, direction INTEGER, ivr INTEGER,
  resolved INTEGER, first_resolved_at INTEGER, resolved_at INTEGER,
  reopened_count INTEGER, reopened_at INTEGER, escalated INTEGER,
  first_contact INTEGER, resolvable INTEGER, agent_replies INTEGER,
  customer_replies INTEGER, first_response_at INTEGER,
  survey_offered_at INTEGER, survey_answered_at INTEGER, csat INTEGER,
  csat_scale INTEGER, nps INTEGER, ces INTEGER, ces_version INTEGER,
  survey_resolved INTEGER, survey_contacts INTEGER, quality INTEGER,
  cost INTEGER, id TEXT, source TEXT, customer TEXT, channel TEXT,
  reason TEXT, case_id TEXT, attribute_1 TEXT, attribute_2 TEXT,
  attribute_3 TEXT, attribute_4 TEXT);

-- The k-th row of an interaction, from 0.
CREATE TABLE visit (
  n INTEGER, k INTEGER, entered_at INTEGER, ended_at INTEGER, wait INTEGER,
  ring INTEGER, talk INTEGER, hold INTEGER, after_call INTEGER,
  outcome INTEGER, transfer INTEGER, tier INTEGER, queue TEXT, agent TEXT,
  team TEXT, PRIMARY KEY (n, k)) WITHOUT ROWID;

-- Whose an expense is: 1 an agent's, 2 a team's, 3 a queue's, 4 a channel's.
CREATE TABLE employment (
  n INTEGER PRIMARY KEY, hired_at INTEGER, left_at INTEGER, agent TEXT,
  source TEXT);
CREATE TABLE expense (
  n INTEGER PRIMARY KEY, started_at INTEGER, ended_at INTEGER, amount INTEGER,
  by INTEGER, of TEXT, id TEXT, source TEXT, note TEXT);

CREATE TABLE outcome (code INTEGER PRIMARY KEY, name TEXT);
INSERT INTO outcome VALUES (1, 'answered'), (2, 'abandoned'),
  (3, 'before_queue'), (4, 'self_served'), (5, 'overflowed'),
  (6, 'timed_out'), (7, 'exited'), (8, 'voicemail'), (9, 'emptied'),
  (10, 'callback'), (11, 'turned_away'), (12, 'failed'), (13, 'waiting');

CREATE TABLE transfer (code INTEGER PRIMARY KEY, name TEXT);
INSERT INTO transfer VALUES (0, 'none'), (1, 'blind'), (2, 'attended'),
  (3, 'queue'), (4, 'consult'), (5, 'conference'), (6, 'menu');

-- The names of sets of classes; those with two halves have them by rule.
CREATE TABLE named (name TEXT, class TEXT);
INSERT INTO named VALUES ('turned_away', 'turned_away'),
  ('before_queue', 'before_queue'), ('self_served', 'self_served'),
  ('answered', 'answered_short'), ('answered_short', 'answered_short');
INSERT INTO named
  WITH halved (name) AS (VALUES ('waiting'), ('answered'),
    ('abandoned_short'), ('abandoned'), ('overflowed'), ('timed_out'),
    ('exited'), ('voicemail'), ('emptied'), ('callback'), ('failed')),
  half (name) AS (VALUES ('_in'), ('_out'))
  SELECT halved.name || half.name, halved.name || half.name
  FROM halved, half;
INSERT INTO named
  SELECT s.name, n.class FROM named n JOIN (
    SELECT 'waiting' AS name, 'waiting_%' AS shape
    UNION ALL SELECT 'answered', 'answered_in'
    UNION ALL SELECT 'answered', 'answered_out'
    UNION ALL SELECT 'abandoned_short', 'abandoned_short_%'
    UNION ALL SELECT 'abandoned', 'abandoned_%'
    UNION ALL SELECT 'abandoned_long', 'abandoned_in'
    UNION ALL SELECT 'abandoned_long', 'abandoned_out'
    UNION ALL SELECT o.name, o.name || '_%' FROM outcome o
      WHERE o.code BETWEEN 5 AND 10 OR o.code = 12
    UNION ALL SELECT 'flowed', o.name || '_%' FROM outcome o
      WHERE o.code BETWEEN 5 AND 9
    UNION ALL SELECT 'flowed_in', o.name || '_in' FROM outcome o
      WHERE o.code BETWEEN 5 AND 9
    UNION ALL SELECT 'flowed_out', o.name || '_out' FROM outcome o
      WHERE o.code BETWEEN 5 AND 9) AS s
  ON n.name = n.class AND n.class LIKE s.shape;
INSERT INTO named
  SELECT 'queued', class FROM named WHERE name = class AND class NOT IN
    ('turned_away', 'before_queue', 'self_served');

-- What follows from a row, and from an interaction's rows together.
CREATE TABLE line (
  n INTEGER, k INTEGER, entered INTEGER, answered INTEGER, ended INTEGER,
  wrapped INTEGER, outcome TEXT, direct INTEGER, visit INTEGER, wait INTEGER,
  ring INTEGER, talk INTEGER, hold INTEGER, after_call INTEGER,
  ended_at INTEGER, tier INTEGER, queue TEXT, agent TEXT, team TEXT,
  spoke INTEGER, PRIMARY KEY (n, k)) WITHOUT ROWID;
CREATE TABLE whole (
  n INTEGER PRIMARY KEY, outcome TEXT, queue TEXT, direction TEXT,
  queued INTEGER, answered INTEGER, ended INTEGER, wrapped INTEGER,
  first_agent TEXT, first_team TEXT, last_agent TEXT, last_team TEXT,
  agents INTEGER, first_visit INTEGER, place INTEGER);
CREATE TABLE speaker (
  n INTEGER, agent TEXT, team TEXT, share INTEGER);

CREATE TABLE spell (
  n INTEGER PRIMARY KEY, agent TEXT, hired_at INTEGER, left_at INTEGER);

CREATE TABLE month (begin INTEGER PRIMARY KEY, until INTEGER);
INSERT INTO month
  WITH RECURSIVE first (day) AS (
    VALUES ('2015-01-01') UNION ALL
    SELECT date(day, '+1 month') FROM first WHERE day < '2035-01-01')
  SELECT 1000 * strftime('%s', day), 1000 * strftime('%s', day, '+1 month')
  FROM first;

-- Of one question: thresholds by name, waits, handling, and the units;
-- the buckets of its range.
CREATE TABLE override (parameter TEXT, name TEXT, value INTEGER);
CREATE TABLE numerator (class TEXT PRIMARY KEY);
CREATE TABLE denominator (class TEXT PRIMARY KEY);
CREATE TABLE waited (
  n INTEGER, k INTEGER, wait INTEGER, PRIMARY KEY (n, k)) WITHOUT ROWID;
CREATE TABLE handled (
  n INTEGER, k INTEGER, state TEXT, spent INTEGER,
  PRIMARY KEY (n, k)) WITHOUT ROWID;
CREATE TABLE span (
  begin INTEGER PRIMARY KEY, until INTEGER, times INTEGER, months REAL);
CREATE TABLE leg (
  n INTEGER, k INTEGER, at INTEGER, agent TEXT, team TEXT, queue TEXT,
  channel TEXT, reason TEXT, customer TEXT, case_id TEXT, direction TEXT,
  source TEXT, attribute_1 TEXT, attribute_2 TEXT, attribute_3 TEXT,
  attribute_4 TEXT, outcome TEXT);
CREATE TABLE stated (
  n INTEGER PRIMARY KEY, started_at INTEGER, place INTEGER,
  answered INTEGER, matter TEXT, at INTEGER, resolved INTEGER);
CREATE TABLE verdict (n INTEGER PRIMARY KEY, class TEXT);
CREATE TABLE contact (
  n INTEGER PRIMARY KEY, person TEXT, same TEXT, place INTEGER,
  started_at INTEGER, base INTEGER, outcome TEXT, may INTEGER,
  carried INTEGER, before INTEGER, first INTEGER, followed INTEGER,
  counted INTEGER);
CREATE TABLE unit (
  n INTEGER, k INTEGER, share INTEGER, at INTEGER, agent TEXT, team TEXT,
  queue TEXT, channel TEXT, reason TEXT, customer TEXT, case_id TEXT,
  direction TEXT, source TEXT, attribute_1 TEXT, attribute_2 TEXT,
  attribute_3 TEXT, attribute_4 TEXT, outcome TEXT, outcome_code INTEGER,
  wait INTEGER, class TEXT, member INTEGER DEFAULT 1, num INTEGER DEFAULT 0,
  den INTEGER DEFAULT 0, value INTEGER DEFAULT 0,
  unknown INTEGER DEFAULT 0, in_progress INTEGER DEFAULT 0,
  truncated INTEGER DEFAULT 0, immature INTEGER DEFAULT 0,
  not_counted INTEGER DEFAULT 0, known INTEGER DEFAULT 1,
  mixed INTEGER DEFAULT 0, latest_at INTEGER, place INTEGER,
  t INTEGER, s INTEGER);
