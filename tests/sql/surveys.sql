-- csat, csat_mean, dsat, nps, ces: the population are the answers.
UPDATE unit SET (value, mixed, member) = (
  SELECT CASE :metric WHEN 'nps' THEN i.nps WHEN 'ces' THEN i.ces
      ELSE i.csat END,
    CASE :metric WHEN 'nps' THEN 0
      WHEN 'ces' THEN coalesce(i.ces_version, :ces_version) <> :ces_version
        OR i.ces > CASE :ces_version WHEN 1 THEN 5 ELSE 7 END
      ELSE coalesce(i.csat_scale, :csat_scale) <> :csat_scale
        OR i.csat NOT BETWEEN :csat_scale_from AND :csat_scale END,
    NOT (:survey_window > 0
      AND coalesce(i.survey_answered_at - i.started_at, 0) > :survey_window)
  FROM interaction i WHERE i.n = unit.n);
UPDATE unit SET member = member AND value IS NOT NULL;
UPDATE unit SET at = coalesce((SELECT survey_answered_at FROM interaction i
  WHERE i.n = unit.n), at) WHERE :survey_anchor = 'answer';
-- top and bottom are the lowest satisfied mark, the highest dissatisfied one;
-- of effort, version 1 has the easy answers at the low end.
UPDATE unit SET den = NOT mixed, not_counted = mixed,
  num = CASE WHEN mixed THEN 0
    WHEN :metric = 'csat_mean' THEN 1
    WHEN :metric = 'nps' THEN (value >= 9) - (value <= 6)
    WHEN :metric = 'dsat' THEN value <= :bottom
    WHEN :metric = 'ces' THEN CASE
      WHEN :ces_score = 'mean' THEN 1
      WHEN :ces_version = 1 THEN (value <= :ces_bottom)
        - (:ces_score = 'index' AND value >= :ces_top)
      ELSE (value >= :ces_top)
        - (:ces_score = 'index' AND value <= :ces_bottom) END
    WHEN :csat_score = 'net' THEN (value >= :top) - (value <= :bottom)
    ELSE value >= :top END
  WHERE member;
UPDATE unit SET value = 0 WHERE mixed OR NOT member;
