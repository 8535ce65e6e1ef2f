-- visits: what entered a queue, and what nobody knows.
UPDATE unit SET num = 1, den = 1;
UPDATE unit SET num = 0, den = 0, not_counted = 1
  WHERE :metric = 'visits' AND
    outcome IN ('turned_away', 'before_queue', 'self_served');
-- customers: num is the count of different ones.
UPDATE unit SET num = 0, den = 0, unknown = 1
  WHERE :metric = 'customers' AND customer IS NULL;
