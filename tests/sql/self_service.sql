-- self_service_rate: served, of those who entered the menu, bot or portal; with
-- a window, unless the customer sought an agent within it.
UPDATE unit SET class = (
  SELECT CASE
    WHEN unit.outcome IS NULL THEN 'unknown'
    WHEN i.ivr IS NULL AND (:self_service_min > 0
      OR unit.outcome NOT IN ('before_queue', 'self_served')) THEN 'unknown'
    WHEN i.ivr < :self_service_min THEN 'not_counted'
    WHEN i.ivr = 0 AND unit.outcome NOT IN ('before_queue', 'self_served')
      THEN 'not_counted'
    WHEN :self_service_window > 0 AND i.customer IS NULL THEN 'unknown'
    WHEN :self_service_window > 0
      AND i.started_at + :self_service_window >= :as_of THEN 'immature'
    WHEN NOT instr(',' || :self_service_numerator || ',',
      ',' || unit.outcome || ',') THEN 'no'
    WHEN :self_service_window > 0 AND EXISTS (
      SELECT 1 FROM interaction l JOIN whole w ON w.n = l.n
      WHERE l.customer = i.customer AND w.place > unit.place
        AND l.started_at <= i.started_at + :self_service_window
        AND coalesce(w.direction, 'inbound') = 'inbound'
        AND w.outcome NOT IN ('before_queue', 'self_served')) THEN 'no'
    ELSE 'yes' END
  FROM interaction i WHERE i.n = unit.n);
UPDATE unit SET num = class = 'yes', den = class IN ('yes', 'no'),
  unknown = class = 'unknown', immature = class = 'immature',
  not_counted = class = 'not_counted';
