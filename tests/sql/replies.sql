-- first_response_time, first_response_within: the first reply as it is given,
-- or else the answer.
UPDATE unit SET (class, value, known) = (
  WITH said AS (
    SELECT i.started_at AS start, coalesce(i.first_response_at,
        CASE WHEN w.outcome = 'answered' THEN w.answered END) AS reply,
      CASE WHEN i.resolved_at IS NULL THEN i.resolved IS 1
        ELSE i.resolved IS NOT 0 AND i.resolved_at < :as_of
          AND NOT coalesce(i.reopened_at > i.resolved_at
            AND i.reopened_at < :as_of, 0) END AS resolved
    FROM interaction i JOIN whole w ON w.n = i.n WHERE i.n = unit.n)
  SELECT CASE
    WHEN reply < start OR (reply IS NULL AND unit.outcome IS 'answered')
      THEN 'unknown'
    WHEN :metric = 'first_response_within' THEN CASE
      WHEN start + :first_response_threshold >= :as_of THEN 'immature'
      WHEN reply - start <= :first_response_threshold THEN 'yes'
      ELSE 'no' END
    WHEN reply < :as_of THEN 'yes'
    WHEN reply IS NULL AND (resolved
      OR coalesce(unit.outcome, 'waiting') <> 'waiting') THEN 'not_counted'
    ELSE 'immature' END,
    iif(:metric = 'first_response_time' AND reply >= start
      AND reply < :as_of, reply - start, 0),
    reply IS NOT NULL OR unit.outcome IS NOT NULL
  FROM said);
UPDATE unit SET den = class IN ('yes', 'no'), num = class = 'yes',
  unknown = class = 'unknown', immature = class = 'immature',
  not_counted = class = 'not_counted';
