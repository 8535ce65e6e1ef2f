-- average_wait, longest_wait: who is counted by class needs a wait that is
-- known, whichever side of the threshold it might be on.
UPDATE unit SET class = 'unknown', unknown = 1, num = 0, den = 0,
  not_counted = 0
  WHERE wait IS NULL AND (class IN denominator OR
    (class = outcome || '_out' AND outcome || '_in' IN denominator));
UPDATE unit SET value = wait WHERE den;
