-- The instants of a row, an entry not given being the end of the row before;
-- and what an interaction's rows say together. To speak is to have answered,
-- or where that is not known, to have come to the call.
DELETE FROM line;
INSERT INTO line
  WITH RECURSIVE chain (n, k, entered, answered, ended, spoke) AS (
    SELECT v.n, v.k, coalesce(v.entered_at, i.started_at + coalesce(i.ivr, 0)),
      coalesce(v.entered_at, i.started_at + coalesce(i.ivr, 0)) + v.wait,
      coalesce(v.ended_at, CASE
        WHEN v.outcome = 1 THEN
          coalesce(v.entered_at, i.started_at + coalesce(i.ivr, 0)) + v.wait
            + v.talk + coalesce(v.hold, 0)
        WHEN v.outcome = 13 THEN NULL
        ELSE coalesce(v.entered_at, i.started_at + coalesce(i.ivr, 0))
          + v.wait END),
      coalesce(v.entered_at, i.started_at + coalesce(i.ivr, 0))
        + coalesce(v.wait, 0)
    FROM visit v JOIN interaction i ON i.n = v.n WHERE v.k = 0
    UNION ALL
    SELECT v.n, v.k, coalesce(v.entered_at, c.ended),
      coalesce(v.entered_at, c.ended) + v.wait,
      coalesce(v.ended_at, CASE
        WHEN v.outcome = 1 THEN
          coalesce(v.entered_at, c.ended) + v.wait + v.talk
            + coalesce(v.hold, 0)
        WHEN v.outcome = 13 THEN NULL
        ELSE coalesce(v.entered_at, c.ended) + v.wait END),
      coalesce(coalesce(v.entered_at, c.ended) + coalesce(v.wait, 0), c.spoke)
    FROM chain c JOIN visit v ON v.n = c.n AND v.k = c.k + 1)
  SELECT v.n, v.k, c.entered, c.answered, c.ended,
    c.ended + coalesce(v.after_call, 0), o.name,
    v.k > 0 AND v.queue IS NULL AND v.entered_at IS NULL,
    NOT (v.k > 0 AND v.queue IS NULL AND v.entered_at IS NULL)
      AND coalesce(v.outcome, 0) NOT IN (3, 4, 11),
    v.wait, v.ring, v.talk, v.hold, v.after_call, v.ended_at, v.tier, v.queue,
    CASE WHEN v.outcome = 1 THEN v.agent END,
    v.team, c.spoke
  FROM chain c JOIN visit v ON v.n = c.n AND v.k = c.k
    LEFT JOIN outcome o ON o.code = v.outcome;

DELETE FROM whole;
INSERT INTO whole
  SELECT i.n,
    CASE WHEN EXISTS (SELECT 1 FROM line l
        WHERE l.n = i.n AND l.outcome = 'answered') THEN 'answered'
      ELSE (SELECT l.outcome FROM line l WHERE l.n = i.n
        ORDER BY l.k DESC LIMIT 1) END,
    (SELECT l.queue FROM line l WHERE l.n = i.n
      ORDER BY l.visit DESC, l.k LIMIT 1),
    CASE i.direction WHEN 1 THEN 'inbound' WHEN 2 THEN 'outbound'
      WHEN 3 THEN 'internal' END,
    (SELECT l.entered FROM line l WHERE l.n = i.n AND l.k = 0),
    (SELECT l.answered FROM line l WHERE l.n = i.n
      ORDER BY l.outcome IS 'answered' DESC,
        CASE WHEN l.outcome IS 'answered' THEN l.k ELSE -l.k END LIMIT 1),
    (SELECT l.ended FROM line l WHERE l.n = i.n ORDER BY l.k DESC LIMIT 1),
    (SELECT l.wrapped FROM line l WHERE l.n = i.n ORDER BY l.k DESC LIMIT 1),
    (SELECT l.agent FROM line l WHERE l.n = i.n AND l.outcome = 'answered'
      ORDER BY l.spoke, l.k LIMIT 1),
    (SELECT l.team FROM line l WHERE l.n = i.n AND l.outcome = 'answered'
      ORDER BY l.spoke, l.k LIMIT 1),
    (SELECT l.agent FROM line l WHERE l.n = i.n AND l.outcome = 'answered'
      ORDER BY l.spoke DESC, l.k DESC LIMIT 1),
    (SELECT l.team FROM line l WHERE l.n = i.n AND l.outcome = 'answered'
      ORDER BY l.spoke DESC, l.k DESC LIMIT 1),
    (SELECT count(DISTINCT coalesce(l.agent, char(1))) FROM line l
      WHERE l.n = i.n AND l.outcome = 'answered'),
    (SELECT l.k FROM line l WHERE l.n = i.n ORDER BY l.visit DESC, l.k LIMIT 1),
    0
  FROM interaction i;

-- The order of neighbours: start, source, id, then fields as the tables have
-- them, none first.
UPDATE whole SET place = p.place FROM (
  SELECT i.n, row_number() OVER (ORDER BY i.started_at, i.source, i.id,
    i.direction, i.ivr, i.resolved, i.first_resolved_at, i.resolved_at,
    i.reopened_count, i.reopened_at, i.escalated, i.first_contact,
    i.resolvable, i.agent_replies, i.customer_replies, i.first_response_at,
    i.survey_offered_at, i.survey_answered_at, i.csat, i.csat_scale, i.nps,
    i.ces, i.ces_version, i.survey_resolved, i.survey_contacts, i.quality,
    i.cost, i.customer, i.channel, i.reason, i.case_id, i.attribute_1,
    i.attribute_2, i.attribute_3, i.attribute_4,
    (SELECT group_concat(part, char(2)) FROM (
      SELECT
        coalesce(printf('%020d', v.entered_at), '') || char(1) ||
        coalesce(printf('%020d', v.ended_at), '') || char(1) ||
        coalesce(printf('%020d', v.wait), '') || char(1) ||
        coalesce(printf('%020d', v.ring), '') || char(1) ||
        coalesce(printf('%020d', v.talk), '') || char(1) ||
        coalesce(printf('%020d', v.hold), '') || char(1) ||
        coalesce(printf('%020d', v.after_call), '') || char(1) ||
        coalesce(printf('%020d', v.outcome), '') || char(1) ||
        coalesce(printf('%020d', v.transfer), '') || char(1) ||
        coalesce(printf('%020d', v.tier), '') || char(1) ||
        coalesce(v.queue, '') || char(1) || coalesce(v.agent, '') || char(1) ||
        coalesce(v.team, '') AS part
      FROM visit v WHERE v.n = i.n ORDER BY v.k))) AS place
  FROM interaction i) AS p WHERE p.n = whole.n;

-- Equal credit: an agent's share of an interaction.
DELETE FROM speaker;
INSERT INTO speaker
  WITH ranked AS (
    SELECT l.n, l.agent, l.team,
      row_number() OVER (PARTITION BY l.n, l.agent
        ORDER BY l.spoke, l.k) AS mine,
      l.spoke, l.k
    FROM line l WHERE l.outcome = 'answered')
  SELECT r.n, r.agent, r.team, 720720 / w.agents +
      (row_number() OVER (PARTITION BY r.n ORDER BY r.spoke, r.k)
        <= 720720 % w.agents)
  FROM ranked r JOIN whole w ON w.n = r.n WHERE r.mine = 1
  UNION ALL
  SELECT n, NULL, NULL, 720720 FROM whole WHERE outcome IS NOT 'answered';
