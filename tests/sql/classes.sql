-- The class of each unit, the first that fits.
DELETE FROM numerator;
DELETE FROM denominator;
INSERT INTO numerator SELECT DISTINCT class FROM named
  WHERE instr(',' || :numerator || ',', ',' || name || ',');
INSERT INTO denominator SELECT DISTINCT class FROM named
  WHERE instr(',' || :denominator || ',', ',' || name || ',');
UPDATE unit SET
  t = coalesce((SELECT value FROM override o
    WHERE o.parameter = 'service_level_threshold' AND o.name =
      CASE :override_by WHEN 'queue' THEN queue ELSE channel END),
    :service_level_threshold),
  s = coalesce((SELECT value FROM override o
    WHERE o.parameter = 'short_abandon_threshold' AND o.name =
      CASE :override_by WHEN 'queue' THEN queue ELSE channel END),
    :short_abandon_threshold);
UPDATE unit SET class = CASE
  WHEN outcome IS NULL THEN 'unknown'
  WHEN outcome IN ('turned_away', 'before_queue', 'self_served') THEN
    CASE WHEN coalesce(wait, 0) < :wait_min THEN 'little' ELSE outcome END
  WHEN :wait_min > 0 AND wait IS NULL THEN 'unknown'
  WHEN wait < :wait_min THEN 'little'
  WHEN outcome = 'answered' AND :short_answer_threshold > 0 AND EXISTS (
      SELECT 1 FROM handled h WHERE h.n = unit.n AND h.k = unit.k
        AND h.state = 'handled' AND h.spent <= :short_answer_threshold)
    THEN 'answered_short'
  WHEN outcome = 'abandoned' AND s > 0 AND wait IS NULL THEN 'unknown'
  ELSE CASE WHEN outcome = 'abandoned' AND s > 0 AND wait <= s
      THEN 'abandoned_short' ELSE outcome END
    || CASE WHEN wait IS NULL THEN '_?' WHEN wait <= t THEN '_in'
      ELSE '_out' END
  END;
-- A wait that is not known matters where the sets part _in from _out.
UPDATE unit SET class = CASE WHEN
    (outcome || '_in' IN numerator) = (outcome || '_out' IN numerator) AND
    (outcome || '_in' IN denominator) = (outcome || '_out' IN denominator)
    THEN outcome || '_out' ELSE 'unknown' END
  WHERE class LIKE '%/_?' ESCAPE '/';
-- So does a talk that is not known, where they part short answers.
UPDATE unit SET class = 'unknown'
  WHERE class LIKE 'answered%' AND :short_answer_threshold > 0
    AND EXISTS (SELECT 1 FROM handled h WHERE h.n = unit.n AND h.k = unit.k
      AND h.state = 'unknown')
    AND ((class IN numerator) <> ('answered_short' IN numerator)
      OR (class IN denominator) <> ('answered_short' IN denominator));
UPDATE unit SET num = class IN numerator, den = class IN denominator,
  unknown = class = 'unknown',
  not_counted = class <> 'unknown' AND class NOT IN denominator;
UPDATE unit SET num = den - num WHERE :metric = 'answer_rate';
-- contacts: counts have no other denominator.
UPDATE unit SET num = den
  WHERE :metric IN ('contacts', 'channel_mix', 'reason_mix');
UPDATE unit SET num = 0, den = 0, not_counted = 0, unknown = 1
  WHERE :mix_unknown = 'excluded' AND
    CASE :metric WHEN 'channel_mix' THEN channel ELSE reason END IS NULL;
