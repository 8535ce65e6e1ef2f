-- What holds of the roster and of expenses: what is told again replaces what
-- was told, and what ends as it begins is none.
DELETE FROM employment WHERE EXISTS (SELECT 1 FROM employment l
  WHERE l.agent = employment.agent AND l.hired_at = employment.hired_at
    AND coalesce(l.source, '') = coalesce(employment.source, '')
    AND l.n > employment.n);
DELETE FROM employment WHERE left_at = hired_at;
DELETE FROM expense WHERE EXISTS (SELECT 1 FROM expense l
  WHERE l.id = expense.id
    AND coalesce(l.source, '') = coalesce(expense.source, '')
    AND l.n > expense.n);
DELETE FROM expense WHERE ended_at = started_at;
-- Employments of an agent that overlap are one; those that touch are two.
DELETE FROM spell;
INSERT INTO spell (agent, hired_at, left_at)
  WITH told AS (
    SELECT n, agent, hired_at, coalesce(left_at, 1 << 62) AS left_at
    FROM employment),
  after AS (
    SELECT *, max(left_at) OVER (PARTITION BY agent ORDER BY hired_at, n
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS former
    FROM told),
  numbered AS (
    SELECT *, sum(former IS NULL OR hired_at >= former) OVER (
      PARTITION BY agent ORDER BY hired_at, n) AS employment
    FROM after)
  SELECT agent, min(hired_at), max(left_at) FROM numbered
  GROUP BY agent, employment;
