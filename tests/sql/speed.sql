-- average_speed_of_answer: the wait of what was answered.
UPDATE unit SET class = CASE
  WHEN outcome IS NULL THEN 'unknown'
  WHEN outcome IN ('turned_away', 'before_queue', 'self_served') THEN 'other'
  WHEN wait IS NULL AND (:wait_min > 0 OR outcome = 'answered') THEN 'unknown'
  WHEN outcome = 'answered' AND wait >= :wait_min THEN 'answered'
  ELSE 'other' END;
UPDATE unit SET value = wait, den = 1, num = 1 WHERE class = 'answered';
UPDATE unit SET unknown = class = 'unknown', not_counted = class = 'other';
