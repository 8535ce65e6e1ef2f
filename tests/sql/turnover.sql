-- turnover: an employment in a span is a unit there. num says whether it ends
-- in it, den what it adds to the headcount; of the span, times says what that
-- is a mean over, and months how much of the calendar it is. The end of a time
-- is its last millisecond, in which who leaves with it is still there.
UPDATE span SET
  months = (SELECT sum(1.0 * (min(m.until, span.until)
      - max(m.begin, span.begin)) / (m.until - m.begin))
    FROM month m WHERE m.begin < span.until AND m.until > span.begin),
  times = CASE :turnover_denominator WHEN 'mean' THEN until - begin
    WHEN 'ends' THEN 2
    WHEN 'month_ends' THEN (SELECT count(*) FROM month m
      WHERE m.until > span.begin AND m.until <= span.until)
    ELSE 1 END;
DELETE FROM unit;
INSERT INTO unit (n, k, share, at, agent, num, den)
  SELECT p.n, 0, 1, s.begin, p.agent,
    p.left_at > s.begin AND p.left_at <= s.until,
    CASE :turnover_denominator
      WHEN 'mean' THEN min(p.left_at, s.until) - max(p.hired_at, s.begin)
      WHEN 'ends' THEN (p.hired_at <= s.begin) + (p.left_at >= s.until)
      WHEN 'month_ends' THEN (SELECT count(*) FROM month m
        WHERE m.until > s.begin AND m.until <= s.until
          AND p.hired_at < m.until AND p.left_at >= m.until)
      WHEN 'start' THEN p.hired_at <= s.begin
      WHEN 'ever' THEN 1 END
  FROM span s JOIN spell p ON p.hired_at < s.until AND p.left_at > s.begin;
-- Who neither leaves nor counts is in no row.
UPDATE unit SET member = num <> 0 OR den <> 0;
