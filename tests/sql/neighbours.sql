-- Earlier and later contacts among all interactions of a known customer, or
-- of a case, which is one of its own without a name.
DELETE FROM contact;
INSERT INTO contact (n, person, same, place, started_at, base, outcome, may)
  SELECT i.n, CASE WHEN :fcr_unit = 'case'
      THEN coalesce('case ' || i.case_id, 'alone ' || i.n)
      ELSE i.customer END,
    CASE :repeat_same WHEN 'none' THEN 'all'
      ELSE coalesce('is ' || CASE :repeat_same WHEN 'reason' THEN i.reason
        WHEN 'queue' THEN w.queue WHEN 'channel' THEN i.channel
        WHEN 'case' THEN i.case_id WHEN 'team' THEN w.last_team END,
        'alone ' || i.n) END,
    w.place, i.started_at,
    CASE WHEN :repeat_from = 'end'
      THEN max(i.started_at, coalesce(w.ended, i.started_at))
      ELSE i.started_at END,
    w.outcome,
    instr(',' || :repeat_directions || ',',
      ',' || coalesce(w.direction, 'unknown') || ',') > 0
  FROM interaction i JOIN whole w ON w.n = i.n;
-- Carried on: too soon after the one before of those that are counted or may
-- be neighbours.
UPDATE contact SET carried = c.carried FROM (
  SELECT n, coalesce(started_at - lag(base) OVER (
      PARTITION BY person, same, seeks ORDER BY place) < :repeat_gap, 0)
    AND :repeat_gap > 0 AND seeks AND person IS NOT NULL AS carried
  FROM (SELECT *, may AND (:any_outcome OR coalesce(instr(',' ||
        :repeat_counted_outcomes || ',' || :repeat_earlier_outcomes || ',' ||
        :repeat_later_outcomes || ',', ',' || outcome || ','), 0) > 0) AS seeks
    FROM contact)) AS c WHERE c.n = contact.n;
UPDATE contact SET counted = NOT carried AND (:any_outcome OR
  (outcome IS NOT NULL AND
  instr(',' || :repeat_counted_outcomes || ',', ',' || outcome || ',') > 0));
-- The one before: the last that may be one; or the chain's first, which a
-- contact beyond W of it replaces.
UPDATE contact SET before = (
    SELECT b.n FROM contact b
    WHERE b.person = contact.person AND b.same = contact.same
      AND b.place < contact.place AND b.may AND NOT b.carried
      AND instr(',' || :repeat_earlier_outcomes || ',',
        ',' || b.outcome || ',')
    ORDER BY b.place DESC LIMIT 1)
  WHERE NOT carried AND :repeat_link = 'previous';
UPDATE contact SET before = f.head FROM (
    WITH RECURSIVE ranked AS (
      SELECT n, person, same, started_at, base,
        row_number() OVER (PARTITION BY person, same ORDER BY place) AS r,
        may AND instr(',' || :repeat_earlier_outcomes || ',',
          ',' || outcome || ',') AS heads
      FROM contact WHERE NOT carried AND person IS NOT NULL),
    chain (n, person, same, r, head, next, next_base) AS (
      SELECT n, person, same, r, NULL, iif(heads, n, NULL),
        iif(heads, base, NULL)
      FROM ranked WHERE r = 1
      UNION ALL
      SELECT x.n, x.person, x.same, x.r, c.next,
        iif(x.heads AND NOT coalesce(
          x.started_at - c.next_base <= :repeat_window, 0), x.n, c.next),
        iif(x.heads AND NOT coalesce(
          x.started_at - c.next_base <= :repeat_window, 0), x.base,
          c.next_base)
      FROM chain c JOIN ranked x ON x.person = c.person AND x.same = c.same
        AND x.r = c.r + 1)
    SELECT n, head FROM chain) AS f
  WHERE f.n = contact.n AND :repeat_link = 'first';
UPDATE contact SET before = NULL WHERE before IS NOT NULL AND
  started_at - (SELECT b.base FROM contact b WHERE b.n = contact.before)
    > :repeat_window;
UPDATE contact SET followed = EXISTS (
  SELECT 1 FROM contact l
  WHERE l.person = contact.person AND l.same = contact.same
    AND l.place > contact.place AND l.may AND NOT l.carried
    AND instr(',' || :repeat_later_outcomes || ',', ',' || l.outcome || ',')
    AND l.started_at - contact.base <= :repeat_window);
