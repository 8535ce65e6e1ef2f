-- csat, csat_mean, nps: the population are the answers.
UPDATE unit SET (value, mixed, member) = (
  SELECT CASE WHEN :metric = 'nps' THEN i.nps ELSE i.csat END,
    :metric <> 'nps' AND (coalesce(i.csat_scale, :csat_scale) <> :csat_scale
      OR i.csat NOT BETWEEN :csat_scale_from AND :csat_scale),
    NOT (:survey_window > 0
      AND coalesce(i.survey_answered_at - i.started_at, 0) > :survey_window)
  FROM interaction i WHERE i.n = unit.n);
UPDATE unit SET member = member AND value IS NOT NULL;
UPDATE unit SET at = coalesce((SELECT survey_answered_at FROM interaction i
  WHERE i.n = unit.n), at) WHERE :survey_anchor = 'answer';
-- top and bottom are the lowest satisfied mark, the highest dissatisfied one.
UPDATE unit SET den = NOT mixed, not_counted = mixed,
  num = CASE WHEN mixed THEN 0
    WHEN :metric = 'csat_mean' THEN 1
    WHEN :metric = 'nps' THEN (value >= 9) - (value <= 6)
    WHEN :csat_score = 'net' THEN (value >= :top) - (value <= :bottom)
    ELSE value >= :top END
  WHERE member;
UPDATE unit SET value = 0 WHERE mixed OR NOT member;
