-- The range from :first until :last, cut into buckets of UTC: of :length ms,
-- -1 for months, 0 for none. 1970-01-05 was a Monday.
DELETE FROM span;
INSERT INTO span (begin, until)
  WITH RECURSIVE cut (begin) AS (
    SELECT :first WHERE :first < :last
    UNION ALL
    SELECT CASE :length WHEN 0 THEN :last
      WHEN -1 THEN (SELECT m.until FROM month m
        WHERE m.begin <= cut.begin AND m.until > cut.begin)
      ELSE begin - (begin - 345600000) % :length + :length END AS next
    FROM cut WHERE next < :last)
  SELECT begin, coalesce(lead(begin) OVER (ORDER BY begin), :last) FROM cut;
