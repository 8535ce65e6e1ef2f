-- reopen_rate: reopened within the window of the first resolution, of what was
-- ever resolved. Of several resolutions the last is not the first, and neither
-- is one that follows a reopening.
UPDATE unit SET (class, known) = (
  WITH said AS (
    SELECT resolved AS flag, resolved_at AS last, reopened_at AS opened,
      coalesce(reopened_count, 0) AS times,
      coalesce(reopened_at < :as_of, reopened_count > 0, 0) AS reopened,
      CASE WHEN first_resolved_at IS NOT NULL THEN first_resolved_at
        WHEN reopened_at IS NULL AND coalesce(reopened_count, 0) = 0
          THEN resolved_at
        WHEN reopened_at > resolved_at AND coalesce(reopened_count, 0) <= 1
          THEN resolved_at END AS first
    FROM interaction i WHERE i.n = unit.n),
  stood AS (
    SELECT *, CASE WHEN reopened THEN 1
      ELSE coalesce(coalesce(first, last) < :as_of, flag) END AS resolved
    FROM said)
  SELECT CASE
    WHEN resolved IS NULL THEN 'nothing'
    WHEN NOT resolved THEN 'never'
    WHEN :reopen_window = 0 THEN iif(reopened, 'yes', 'no')
    WHEN first IS NULL THEN 'unknown'
    WHEN reopened AND (opened IS NULL OR opened < first
      OR (times > 1 AND opened - first > :reopen_window)) THEN 'unknown'
    WHEN first + :reopen_window >= :as_of THEN 'immature'
    WHEN reopened AND opened - first <= :reopen_window THEN 'yes'
    ELSE 'no' END, resolved IS NOT NULL
  FROM stood);
UPDATE unit SET num = class = 'yes',
  den = class IN ('yes', 'no') OR
    (class IN ('nothing', 'never') AND :reopen_denominator = 'received'),
  immature = class = 'immature',
  unknown = class = 'unknown' OR
    (class = 'nothing' AND :reopen_denominator = 'resolved'),
  not_counted = class = 'never' AND :reopen_denominator = 'resolved';
