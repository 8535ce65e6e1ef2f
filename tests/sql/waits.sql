-- Waits by :wait_parts, of each row and (k = -1) of the interaction: the sum
-- up to and including its first answered visit.
DELETE FROM waited;
INSERT INTO waited
  WITH part AS (
    SELECT instr(:wait_parts, 'queue') > 0 AS queue,
      instr(:wait_parts, 'ring') > 0 AS ring,
      instr(:wait_parts, 'ivr') > 0 AS ivr,
      instr(:wait_parts, 'earlier') > 0 AS earlier,
      instr(:wait_parts, 'callback') > 0 AS callback),
  whole_wait AS (
    SELECT n, k, CASE WHEN outcome IS 'waiting' AND entered IS NOT NULL
      THEN max(0, :as_of - entered) ELSE wait END AS wait
    FROM line),
  own AS (
    SELECT l.n, l.k, l.outcome, l.visit, l.direct,
      CASE WHEN p.queue AND p.ring THEN w.wait
        WHEN p.queue THEN w.wait - coalesce(l.ring, 0)
        WHEN p.ring THEN coalesce(l.ring, CASE WHEN w.wait >= 0 THEN 0 END)
        ELSE 0 END AS own,
      CASE WHEN p.callback AND l.outcome = 'answered' THEN coalesce((
        SELECT l.entered - b.answered FROM line b
        WHERE b.n = l.n AND b.k < l.k AND b.outcome = 'callback'
          AND b.answered < l.entered
        ORDER BY b.k DESC LIMIT 1), 0) ELSE 0 END AS gap
    FROM part p, line l JOIN whole_wait w ON w.n = l.n AND w.k = l.k),
  menu AS (
    SELECT i.n, w.first_visit AS k,
      CASE WHEN (SELECT ivr FROM part) THEN coalesce(i.ivr, 0) ELSE 0 END AS ivr
    FROM interaction i JOIN whole w ON w.n = i.n)
  SELECT o.n, o.k, o.own + o.gap
    + CASE WHEN p.earlier THEN (
        SELECT CASE WHEN count(*) = count(e.own) THEN coalesce(sum(e.own), 0)
          END FROM own e WHERE e.n = o.n AND e.k < o.k AND e.visit) ELSE 0 END
    + CASE WHEN o.k = m.k OR (p.earlier AND o.k > m.k) THEN m.ivr ELSE 0 END
  FROM part p, own o JOIN menu m ON m.n = o.n
  UNION ALL
  SELECT m.n, -1, m.ivr + (
    SELECT CASE WHEN count(*) = count(o.own) THEN sum(o.own + o.gap) END
    FROM own o
    WHERE o.n = m.n AND (o.visit OR (NOT o.direct AND NOT EXISTS (
        SELECT 1 FROM own v WHERE v.n = m.n AND v.visit)))
      AND o.k <= coalesce((SELECT min(a.k) FROM own a WHERE a.n = m.n
        AND a.visit AND a.outcome = 'answered'), 1000000))
  FROM menu m;
