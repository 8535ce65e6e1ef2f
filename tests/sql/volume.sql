-- visits: what entered a queue, and what nobody knows.
UPDATE unit SET num = 1, den = 1;
UPDATE unit SET num = 0, den = 0, not_counted = 1
  WHERE :metric = 'visits' AND
    outcome IN ('turned_away', 'before_queue', 'self_served');
-- A mix: what has no channel, or no reason, may be left out.
UPDATE unit SET num = 0, den = 0, unknown = 1
  WHERE :mix_unknown = 'excluded' AND
    CASE :metric WHEN 'channel_mix' THEN channel ELSE reason END IS NULL;
-- customers: num is the count of different ones.
UPDATE unit SET num = 0, den = 0, unknown = 1
  WHERE :metric = 'customers' AND customer IS NULL;
