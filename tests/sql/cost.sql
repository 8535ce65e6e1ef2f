-- cost_per_contact: interactions with their own cost, and whom it is divided
-- by.
UPDATE unit SET (num, known) = (
  SELECT coalesce(i.cost, 0) * s.own, i.cost IS NOT NULL AND s.own
  FROM interaction i,
    (SELECT instr(',' || :cost_sources || ',', ',own,') > 0 AS own) AS s
  WHERE i.n = unit.n);
UPDATE unit SET class = CASE :cost_denominator
  WHEN 'received' THEN 'yes'
  WHEN 'answered' THEN CASE WHEN outcome IS NULL THEN 'unknown'
    WHEN outcome = 'answered' THEN 'yes' ELSE 'no' END
  WHEN 'resolved' THEN (SELECT CASE
      WHEN i.resolved IS NULL AND i.resolved_at IS NULL THEN 'unknown'
      WHEN i.resolved = 0 OR i.resolved_at >= :as_of THEN 'no'
      WHEN i.reopened_at > i.resolved_at AND i.reopened_at < :as_of THEN 'no'
      ELSE 'yes' END
    FROM interaction i WHERE i.n = unit.n)
  ELSE 'spent' END;
UPDATE unit SET den = class = 'yes', unknown = class = 'unknown',
  not_counted = class = 'no';
-- Agents are counted by their legs, which cost nothing of their own; who has
-- only interactions of unknown cost then has nothing.
UPDATE unit SET member = known WHERE :cost_denominator = 'agents';
INSERT INTO unit (n, k, share, at, agent, team, queue, channel, reason,
    customer, case_id, direction, source, attribute_1, attribute_2,
    attribute_3, attribute_4, outcome, class, known)
  SELECT n, k, 1, at, agent, team, queue, channel, reason, customer, case_id,
    direction, source, attribute_1, attribute_2, attribute_3, attribute_4,
    outcome, 'leg', 0
  FROM leg WHERE :cost_denominator = 'agents' AND agent IS NOT NULL;
-- An expense's part in a span is what of it lies before its end, less what
-- lies before its beginning; nothing is known of it but whose it is.
INSERT INTO unit (n, k, share, at, queue, team, agent, channel, class, num)
  SELECT -1 - e.n, -2, iif(:credit = 'equal', 720720, 1),
    max(s.begin, e.started_at),
    iif(e.by = 3, e.of, NULL), iif(e.by = 2, e.of, NULL),
    iif(e.by = 1, e.of, NULL), iif(e.by = 4, e.of, NULL), 'spent',
    e.amount * (min(s.until, e.ended_at) - e.started_at)
        / (e.ended_at - e.started_at)
      - e.amount * (max(s.begin, e.started_at) - e.started_at)
        / (e.ended_at - e.started_at)
  FROM expense e JOIN span s
    ON s.begin < e.ended_at AND s.until > e.started_at
  WHERE instr(',' || :cost_sources || ',', ',expenses,') > 0;
