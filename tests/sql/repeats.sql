-- The class of each contact, by :metric and :fcr_unit.
UPDATE unit SET class = (
  SELECT CASE
    WHEN c.outcome IS NULL THEN 'unknown'
    WHEN :metric = 'first_contact_resolution' AND :fcr_unit = 'issue'
      AND NOT c.counted THEN 'outside'
    WHEN NOT c.counted THEN 'not_counted'
    WHEN c.person IS NULL AND :repeat_unknown_customer = 'excluded'
      THEN 'unknown'
    WHEN c.person IS NULL THEN
      iif(:metric = 'first_contact_resolution', 'yes', 'no')
    WHEN NOT (:metric = 'first_contact_resolution' AND :fcr_unit = 'contact')
      AND NOT (:metric <> 'first_contact_resolution'
        AND :repeat_credit = 'earlier')
      AND :repeat_edge = 'exclude'
      AND c.started_at - :repeat_window < :known_from THEN 'truncated'
    WHEN :metric = 'first_contact_resolution' AND :fcr_unit = 'issue'
      AND c.before IS NOT NULL THEN 'outside'
    WHEN (:metric = 'first_contact_resolution' OR :repeat_credit = 'earlier')
      AND :repeat_edge = 'exclude'
      AND c.base + :repeat_window >= :as_of THEN 'immature'
    WHEN :metric = 'first_contact_resolution' THEN
      iif(c.followed, 'no', 'yes')
    WHEN :repeat_credit = 'earlier' THEN iif(EXISTS (
      SELECT 1 FROM contact r WHERE r.before = c.n AND r.counted),
      'yes', 'no')
    ELSE iif(c.before IS NULL, 'no', 'yes') END
  FROM contact c WHERE c.n = unit.n);
UPDATE unit SET member = class <> 'outside', unknown = class = 'unknown',
  truncated = class = 'truncated', immature = class = 'immature',
  not_counted = class = 'not_counted', num = class = 'yes',
  den = class IN ('yes', 'no');
UPDATE unit SET num = den, den = class = 'no',
    not_counted = class IN ('not_counted', 'yes')
  WHERE :metric = 'contacts_per_issue';
