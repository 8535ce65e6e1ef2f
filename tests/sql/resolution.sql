-- resolution_rate: a case has the last known state of its interactions (or
-- its first resolution) and stands at its first.
DELETE FROM stated;
INSERT INTO stated
  WITH dated AS (
    SELECT i.n, i.started_at, w.place, w.outcome IS 'answered' AS answered,
      CASE WHEN :unit = 'case' AND i.case_id IS NOT NULL
        THEN 'case ' || i.case_id ELSE 'alone ' || i.n END AS matter,
      i.resolved, i.reopened_at, i.resolved_at,
      CASE WHEN :resolution_state = 'first'
        THEN coalesce(i.first_resolved_at, i.resolved_at)
        ELSE i.resolved_at END AS at
    FROM interaction i JOIN whole w ON w.n = i.n)
  SELECT n, started_at, place, answered, matter, at,
    CASE WHEN resolved IS NULL AND at IS NULL THEN NULL
      WHEN at >= :as_of THEN 0
      WHEN :resolution_state = 'first' AND at IS NOT NULL THEN 1
      WHEN resolved = 0 THEN 0
      WHEN reopened_at > resolved_at AND reopened_at < :as_of THEN 0
      ELSE 1 END AS resolved
  FROM dated;
UPDATE unit SET member = 0 WHERE EXISTS (SELECT 1 FROM stated a, stated b
  WHERE a.n = unit.n AND b.matter = a.matter AND b.place < a.place);
-- class: resolved or not, or why not counted.
UPDATE unit SET (class, known) = (
  SELECT CASE
    WHEN :resolution_population = 'answered' AND NOT m.answered
      THEN 'not_counted'
    WHEN s.resolved IS NULL AND :resolution_unknown = 'excluded'
      THEN 'unknown'
    WHEN :resolution_within > 0 AND s.resolved = 1 AND s.at IS NULL
      THEN 'unknown'
    WHEN :resolution_within > 0 AND
      m.started_at + :resolution_within >= :as_of THEN 'immature'
    WHEN s.resolved = 1 AND (:resolution_within = 0 OR
      s.at - m.started_at <= :resolution_within) THEN 'yes'
    ELSE 'no' END,
    s.resolved IS NOT NULL
  FROM (SELECT a.matter, min(b.started_at) AS started_at,
      max(b.answered) AS answered
    FROM stated a JOIN stated b ON b.matter = a.matter
    WHERE a.n = unit.n) AS m, stated s
  WHERE s.matter = m.matter
  ORDER BY
    CASE WHEN :resolution_state = 'first' AND s.resolved = 1
      THEN -s.place END DESC,
    s.resolved IS NOT NULL DESC, s.place DESC LIMIT 1);
UPDATE unit SET num = class = 'yes', den = class IN ('yes', 'no'),
  unknown = class = 'unknown', immature = class = 'immature',
  not_counted = class = 'not_counted',
  known = known AND class <> 'not_counted';
