-- quality_score: the population are the reviewed ones.
UPDATE unit SET (value, member) = (
  SELECT coalesce(quality, 0), quality IS NOT NULL
  FROM interaction i WHERE i.n = unit.n);
UPDATE unit SET den = 1, num = 1 WHERE member;
