-- The handle times: of answered units with an end.
UPDATE unit SET class = coalesce((SELECT h.state FROM handled h
  WHERE h.n = unit.n AND h.k = unit.k), 'not_handled');
UPDATE unit SET class = 'not_handled'
  WHERE class = 'handled' AND :part_denominator = 'with_part'
    AND (SELECT h.spent FROM handled h
      WHERE h.n = unit.n AND h.k = unit.k) = 0;
UPDATE unit SET unknown = class = 'unknown',
  in_progress = class = 'in_progress', not_counted = class = 'not_handled',
  den = class = 'handled', num = class = 'handled',
  value = CASE WHEN class = 'handled' THEN (SELECT h.spent FROM handled h
    WHERE h.n = unit.n AND h.k = unit.k) ELSE 0 END;
