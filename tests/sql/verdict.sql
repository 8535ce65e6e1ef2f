-- What an interaction says itself of its resolution at first contact: NULL is
-- not known. What is required is counted as it holds, fails or is not known.
DELETE FROM verdict;
INSERT INTO verdict
  WITH leg AS (
    SELECT l.n, l.outcome, l.agent,
      CASE WHEN v.transfer IN (1, 2, 3) THEN 1
        WHEN v.transfer IS NOT NULL THEN 0 END AS transfer
    FROM line l JOIN visit v ON v.n = l.n AND v.k = l.k
    WHERE l.outcome IS NULL OR l.outcome = 'answered'),
  agents AS (
    SELECT n, count(DISTINCT agent) AS known,
      coalesce(sum(outcome = 'answered'), 0) AS legs,
      coalesce(sum(outcome = 'answered' AND agent IS NULL), 0) AS nameless,
      sum(outcome IS NULL) AS unsure,
      max(transfer) AS transferred, sum(transfer IS NULL) AS not_told
    FROM leg GROUP BY n),
  said AS (
    SELECT i.n, i.first_contact, i.resolvable, i.agent_replies,
      i.customer_replies,
      CASE WHEN i.resolved IS NULL AND i.resolved_at IS NULL THEN NULL
        WHEN i.resolved = 0 OR i.resolved_at >= :as_of THEN 0
        WHEN i.reopened_at > i.resolved_at AND i.reopened_at < :as_of THEN 0
        ELSE 1 END AS resolved,
      coalesce(i.reopened_at < :as_of, i.reopened_count > 0, 0) AS reopened,
      CASE WHEN coalesce(a.known, 0) > 1 THEN 0
        WHEN a.unsure > 0 OR (a.nameless > 0 AND a.legs > 1) THEN NULL
        ELSE coalesce(a.legs, 0) > 0 END AS one_agent,
      CASE WHEN a.transferred THEN 0 WHEN a.not_told > 0 THEN NULL
        ELSE 1 END AS no_transfer
    FROM interaction i LEFT JOIN agents a ON a.n = i.n),
  required (n, holds) AS (
    SELECT n, first_contact FROM said WHERE :fcr_method = 'mark'
    UNION ALL SELECT n, iif(survey_resolved IS NULL OR survey_contacts IS NULL,
      NULL, survey_resolved AND survey_contacts <= 1) FROM interaction
      WHERE :fcr_method = 'survey'
    UNION ALL SELECT n, resolved FROM said WHERE :fcr_method = 'derived'
      AND instr(',' || :fcr_requires || ',', ',resolved,')
    UNION ALL SELECT n, one_agent FROM said WHERE :fcr_method = 'derived'
      AND instr(',' || :fcr_requires || ',', ',one_agent,')
    UNION ALL SELECT n, no_transfer FROM said WHERE :fcr_method = 'derived'
      AND instr(',' || :fcr_requires || ',', ',no_transfer,')
    UNION ALL SELECT n, NOT reopened FROM said WHERE :fcr_method = 'derived'
      AND instr(',' || :fcr_requires || ',', ',no_reopen,')
    UNION ALL SELECT n, customer_replies = 0 FROM said
      WHERE :fcr_method = 'derived'
      AND instr(',' || :fcr_requires || ',', ',no_customer_reply,')
    UNION ALL SELECT n, agent_replies >= :fcr_min_replies FROM said
      WHERE :fcr_method = 'derived' AND :fcr_min_replies > 0
    UNION ALL SELECT n, agent_replies <= :fcr_max_replies FROM said
      WHERE :fcr_method = 'derived' AND :fcr_max_replies > 0),
  counted (n, holds) AS (
    SELECT w.n, instr(',' || :repeat_counted_outcomes || ',',
      ',' || w.outcome || ',') > 0 FROM whole w
      WHERE :fcr_method IN ('mark', 'derived')
        AND :fcr_denominator = 'answered'
    UNION ALL SELECT n, resolved FROM said
      WHERE :fcr_method IN ('mark', 'derived')
        AND :fcr_denominator = 'resolved'
    UNION ALL SELECT n, resolvable FROM said WHERE :fcr_net = 1)
  SELECT s.n, CASE
    WHEN 0 IN (SELECT holds FROM counted c WHERE c.n = s.n)
      THEN 'not_counted'
    WHEN EXISTS (SELECT 1 FROM counted c WHERE c.n = s.n AND c.holds IS NULL)
      THEN 'unknown'
    WHEN EXISTS (SELECT 1 FROM required r WHERE r.n = s.n AND r.holds = 0)
      THEN 'no'
    WHEN EXISTS (SELECT 1 FROM required r
      WHERE r.n = s.n AND r.holds IS NULL) THEN 'unknown'
    ELSE 'yes' END
  FROM said s;
