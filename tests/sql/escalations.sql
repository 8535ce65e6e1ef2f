-- escalation_rate: which answered rows were passed on to a row of a higher
-- tier (NULL: not known); and what the interaction's own mark adds, which says
-- that it happened and neither where nor how often.
UPDATE unit SET (class, value) = (
  WITH row AS (
    SELECT l.k, CASE
      WHEN v.transfer IS NOT NULL AND NOT instr(',' || :transfer_kinds || ',',
        ',' || t.name || ',') THEN 0
      ELSE (SELECT iif(x.outcome = 'answered', x.tier > l.tier, NULL)
        FROM line x WHERE x.n = l.n AND x.k > l.k
          AND coalesce(x.outcome, 'answered') = 'answered'
        ORDER BY x.k LIMIT 1) END AS up
    FROM line l JOIN visit v ON v.n = l.n AND v.k = l.k
      LEFT JOIN transfer t ON t.code = v.transfer
    WHERE l.n = unit.n AND l.outcome = 'answered'
      AND (unit.k = -1 OR l.k = unit.k)),
  told AS (
    SELECT coalesce(sum(up), 0) AS ups,
      coalesce(sum(up IS NULL), 0) AS silent,
      (SELECT CASE WHEN unit.k = -1 OR escalated = 0 OR 1 =
          (SELECT count(*) FROM visit v WHERE v.n = unit.n) THEN escalated END
        FROM interaction i WHERE i.n = unit.n) AS mark
    FROM row)
  SELECT CASE
    WHEN unit.outcome IS 'answered' AND ups > 0 THEN
      iif(silent > 0 AND mark IS NOT 0, 'at_least', 'yes')
    WHEN mark IS NOT NULL AND (unit.outcome IS 'answered' OR
        :transfer_denominator = 'received') THEN
      iif(mark, 'at_least', iif(coalesce(unit.outcome, 'answered') =
        'answered', 'no', 'unanswered'))
    WHEN unit.outcome IS NULL THEN 'unknown'
    WHEN unit.outcome <> 'answered' THEN 'unanswered'
    WHEN silent > 0 THEN 'unknown'
    ELSE 'no' END, ups
  FROM told);
UPDATE unit SET class = 'unknown'
  WHERE class = 'at_least' AND :transfer_count = 'event';
UPDATE unit SET unknown = class = 'unknown',
  den = class IN ('yes', 'at_least', 'no')
    OR (class = 'unanswered' AND :transfer_denominator = 'received'),
  not_counted = class = 'unanswered' AND :transfer_denominator = 'answered',
  num = CASE WHEN class NOT IN ('yes', 'at_least') THEN 0
    WHEN :transfer_count = 'event' THEN value
    ELSE 1 END;
UPDATE unit SET value = 0;
