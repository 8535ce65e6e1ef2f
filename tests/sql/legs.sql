-- Legs are kept until the interactions are there too.
DELETE FROM leg;
INSERT INTO leg SELECT n, k, at, agent, team, queue, channel, reason, customer,
    case_id, direction, source, attribute_1, attribute_2, attribute_3,
    attribute_4, outcome
  FROM unit;
