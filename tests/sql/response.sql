-- survey_response_rate: answered, of those to whom a survey was offered; with
-- a window, of those who have had so long.
UPDATE unit SET class = (
  SELECT CASE
    WHEN i.survey_offered_at IS NULL THEN
      iif(coalesce(i.survey_answered_at, i.csat, i.nps, i.ces,
        i.survey_resolved, i.survey_contacts) IS NULL,
        'not_counted', 'unknown')
    WHEN :survey_window > 0 AND i.started_at + :survey_window >= :as_of
      THEN 'immature'
    WHEN coalesce(i.survey_answered_at, i.csat, i.nps, i.ces,
        i.survey_resolved, i.survey_contacts) IS NULL THEN 'no'
    WHEN :survey_window > 0
      AND i.survey_answered_at - i.started_at > :survey_window THEN 'no'
    ELSE 'yes' END
  FROM interaction i WHERE i.n = unit.n);
UPDATE unit SET at = coalesce((SELECT survey_answered_at FROM interaction i
  WHERE i.n = unit.n), at) WHERE :survey_anchor = 'answer';
UPDATE unit SET num = class = 'yes', den = class IN ('yes', 'no'),
  unknown = class = 'unknown', immature = class = 'immature',
  not_counted = class = 'not_counted';
