-- The units of :space (whole, visit, leg), whose they are and where in time.
-- An anchor that a unit lacks is the one before it.
DELETE FROM unit;
INSERT INTO unit (n, k, share, at, agent, team, queue, channel, reason,
    customer, case_id, direction, source, attribute_1, attribute_2,
    attribute_3, attribute_4, outcome, wait, latest_at, place)
  SELECT i.n, -1, coalesce(s.share, 1),
    CASE :anchor WHEN 'started' THEN i.started_at
      WHEN 'queued' THEN coalesce(w.queued, i.started_at)
      WHEN 'answered' THEN coalesce(w.answered, w.queued, i.started_at)
      WHEN 'own_event' THEN coalesce(CASE WHEN w.outcome = 'waiting'
          THEN w.queued + coalesce((SELECT value FROM override o WHERE
            o.parameter = 'service_level_threshold' AND o.name =
            CASE :override_by WHEN 'queue' THEN w.queue ELSE i.channel END),
            :service_level_threshold) END,
        w.answered, w.queued, i.started_at)
      WHEN 'ended' THEN
        coalesce(w.ended, w.answered, w.queued, i.started_at)
      WHEN 'wrapped' THEN
        coalesce(w.wrapped, w.ended, w.answered, w.queued, i.started_at) END,
    CASE :credit WHEN 'last' THEN w.last_agent WHEN 'first' THEN w.first_agent
      ELSE s.agent END,
    CASE :credit WHEN 'last' THEN w.last_team WHEN 'first' THEN w.first_team
      ELSE s.team END,
    w.queue, i.channel, i.reason, i.customer, i.case_id, w.direction, i.source,
    i.attribute_1, i.attribute_2, i.attribute_3, i.attribute_4, w.outcome,
    x.wait, coalesce(i.survey_answered_at, i.started_at), w.place
  FROM interaction i JOIN whole w ON w.n = i.n
    JOIN waited x ON x.n = i.n AND x.k = -1
    LEFT JOIN speaker s ON s.n = i.n AND :credit = 'equal'
  WHERE :space = 'whole' AND
    instr(',' || :directions || ',',
      ',' || coalesce(w.direction, 'unknown') || ',')
  UNION ALL
  SELECT i.n, l.k, 1,
    CASE :anchor WHEN 'started' THEN i.started_at
      WHEN 'queued' THEN coalesce(l.entered, i.started_at)
      WHEN 'answered' THEN coalesce(l.answered, l.entered, i.started_at)
      WHEN 'own_event' THEN coalesce(CASE WHEN l.outcome = 'waiting'
          THEN l.entered + coalesce((SELECT value FROM override o WHERE
            o.parameter = 'service_level_threshold' AND o.name =
            CASE :override_by WHEN 'queue' THEN l.queue ELSE i.channel END),
            :service_level_threshold) END,
        l.answered, l.entered, i.started_at)
      WHEN 'ended' THEN
        coalesce(l.ended, l.answered, l.entered, i.started_at)
      WHEN 'wrapped' THEN
        coalesce(l.wrapped, l.ended, l.answered, l.entered, i.started_at) END,
    l.agent, l.team, l.queue, i.channel, i.reason, i.customer, i.case_id,
    w.direction, i.source, i.attribute_1, i.attribute_2, i.attribute_3,
    i.attribute_4, l.outcome, x.wait,
    coalesce(i.survey_answered_at, i.started_at), w.place
  FROM interaction i JOIN whole w ON w.n = i.n JOIN line l ON l.n = i.n
    JOIN waited x ON x.n = i.n AND x.k = l.k
  WHERE ((:space = 'visit' AND NOT l.direct)
      OR (:space = 'leg' AND l.outcome = 'answered'))
    AND instr(',' || :directions || ',',
      ',' || coalesce(w.direction, 'unknown') || ',');
