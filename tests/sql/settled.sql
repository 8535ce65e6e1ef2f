-- resolution_time: from the start to the last resolution, or the first.
UPDATE unit SET (class, value, known) = (
  WITH said AS (
    SELECT started_at, resolved, resolved_at, reopened_at,
      CASE WHEN :resolution_state = 'first'
        THEN coalesce(first_resolved_at, resolved_at)
        ELSE resolved_at END AS at
    FROM interaction i WHERE i.n = unit.n),
  stood AS (
    SELECT started_at, at, CASE WHEN resolved IS NULL AND at IS NULL THEN NULL
      WHEN at >= :as_of THEN 0
      WHEN :resolution_state = 'first' AND at IS NOT NULL THEN 1
      WHEN resolved = 0 THEN 0
      WHEN reopened_at > resolved_at AND reopened_at < :as_of THEN 0
      ELSE 1 END AS resolved
    FROM said)
  SELECT CASE WHEN resolved IS NOT 1 THEN 'immature'
    WHEN at IS NULL OR at < started_at THEN 'unknown'
    ELSE 'yes' END,
    iif(resolved AND at >= started_at, at - started_at, 0),
    resolved IS NOT NULL
  FROM stood);
UPDATE unit SET den = class = 'yes', num = class = 'yes',
  unknown = class = 'unknown', immature = class = 'immature';
