-- The class of each contact, by :metric and :fcr_unit; of first contact
-- resolution by silence, or by what the contact says itself.
UPDATE unit SET class = (
  SELECT CASE
    WHEN :metric = 'first_contact_resolution' AND :fcr_unit = 'contact'
      AND :fcr_method <> 'silence' THEN 'yes'
    WHEN c.outcome IS NULL AND NOT :any_outcome THEN 'unknown'
    WHEN :metric = 'first_contact_resolution' AND :fcr_unit <> 'contact'
      AND NOT c.counted THEN 'outside'
    WHEN NOT c.counted THEN 'not_counted'
    WHEN c.person IS NULL AND :repeat_unknown_customer = 'excluded'
      THEN 'unknown'
    WHEN c.person IS NULL THEN
      iif(:metric = 'first_contact_resolution', 'yes', 'no')
    WHEN NOT (:metric = 'first_contact_resolution'
        AND :fcr_unit IN ('contact', 'case'))
      AND NOT (:metric <> 'first_contact_resolution'
        AND :repeat_credit = 'earlier')
      AND :repeat_edge = 'exclude'
      AND c.started_at - :repeat_window < :known_from THEN 'truncated'
    WHEN :metric = 'first_contact_resolution' AND :fcr_unit <> 'contact'
      AND c.before IS NOT NULL THEN 'outside'
    WHEN ((:metric = 'first_contact_resolution'
        AND :fcr_method = 'silence' AND :fcr_unit <> 'case')
        OR (:metric <> 'first_contact_resolution'
        AND :repeat_credit = 'earlier'))
      AND :repeat_edge = 'exclude'
      AND c.base + :repeat_window >= :as_of THEN 'immature'
    WHEN :metric = 'first_contact_resolution' THEN
      iif(:fcr_method = 'silence' AND c.followed, 'no', 'yes')
    WHEN :repeat_credit = 'earlier' THEN iif(EXISTS (
      SELECT 1 FROM contact r WHERE r.before = c.n AND r.counted),
      'yes', 'no')
    ELSE iif(c.before IS NULL, 'no', 'yes') END
  FROM contact c WHERE c.n = unit.n);
UPDATE unit SET class = (SELECT iif(v.class = 'yes', unit.class, v.class)
    FROM verdict v WHERE v.n = unit.n)
  WHERE :metric = 'first_contact_resolution' AND class IN ('yes', 'no');
UPDATE unit SET member = class <> 'outside', unknown = class = 'unknown',
  truncated = class = 'truncated', immature = class = 'immature',
  not_counted = class = 'not_counted', num = class = 'yes',
  den = class IN ('yes', 'no');
UPDATE unit SET num = den, den = class = 'no',
    not_counted = class IN ('not_counted', 'yes')
  WHERE :metric = 'contacts_per_issue';
