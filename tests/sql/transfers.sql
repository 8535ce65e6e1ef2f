-- transfer_rate: how often the answered rows of a unit were passed on, and
-- whether that is known of all of them.
UPDATE unit SET (value, known) = (
  SELECT coalesce(sum(instr(',' || :transfer_kinds || ',',
      ',' || t.name || ',') > 0), 0), count(*) = count(v.transfer)
  FROM line l JOIN visit v ON v.n = l.n AND v.k = l.k
    LEFT JOIN transfer t ON t.code = v.transfer
  WHERE l.n = unit.n AND (unit.k = -1 OR l.k = unit.k)
    AND l.outcome = 'answered');
UPDATE unit SET class = CASE
  WHEN outcome IS NULL THEN 'unknown'
  WHEN outcome <> 'answered' THEN 'unanswered'
  WHEN NOT known AND (value = 0 OR :transfer_count = 'event') THEN 'unknown'
  ELSE 'answered' END;
UPDATE unit SET known = 1, unknown = class = 'unknown',
  den = class = 'answered'
    OR (class = 'unanswered' AND :transfer_denominator = 'received'),
  not_counted = class = 'unanswered' AND :transfer_denominator = 'answered',
  num = CASE WHEN class <> 'answered' THEN 0
    WHEN :transfer_count = 'event' THEN value
    ELSE value > 0 END;
UPDATE unit SET value = 0;
