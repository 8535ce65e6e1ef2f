-- What agents did in each row, and (k = -1) in the interaction: the sum over
-- its answered rows.
DELETE FROM handled;
INSERT INTO handled
  SELECT l.n, l.k,
    CASE WHEN l.talk IS NOT NULL THEN 'handled'
      WHEN l.ended_at IS NULL THEN 'in_progress'
      ELSE 'unknown' END,
    CASE WHEN instr(:handle_parts, 'talk')
      THEN coalesce(l.talk, 0) ELSE 0 END
    + CASE WHEN instr(:handle_parts, 'hold')
      THEN coalesce(l.hold, 0) ELSE 0 END
    + CASE WHEN instr(:handle_parts, 'after_call')
      THEN coalesce(l.after_call, 0) ELSE 0 END
    + CASE WHEN instr(:handle_parts, 'ring')
      THEN coalesce(l.ring, 0) ELSE 0 END
    + CASE WHEN instr(:handle_parts, 'queue')
      THEN coalesce(l.wait - coalesce(l.ring, 0), 0) ELSE 0 END
    + CASE WHEN instr(:handle_parts, 'ivr') AND l.k = (
        SELECT min(a.k) FROM line a
        WHERE a.n = l.n AND a.outcome = 'answered')
      THEN coalesce(i.ivr, 0) ELSE 0 END
  FROM line l JOIN interaction i ON i.n = l.n WHERE l.outcome = 'answered';
INSERT INTO handled
  SELECT n, -1, CASE WHEN sum(state = 'unknown') > 0 THEN 'unknown'
      WHEN sum(state = 'in_progress') > 0 THEN 'in_progress'
      ELSE 'handled' END, sum(spent)
  FROM handled GROUP BY n;
