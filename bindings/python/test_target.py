# SPDX-License-Identifier: MIT
"""Targets: of all, and of single groups."""

from datetime import timedelta

import kpi
from tap import HOUR, NINE, Case


class Targets(Case):
    def test_a_target_is_judged_by_days(self):
        store = kpi.open()
        for day in range(6):
            for i in range(10):
                store.add(started_at=NINE + 24 * day * HOUR, queue="support",
                          wait=8000 if i < 9 else 45000, outcome="answered")
        row, = store.service_level(target_goal=0.8, verdict_by="day")
        self.assertEqual((row.target, row.verdict), (0.8, "met"))
        self.assertEqual((row.verdict_lower, row.verdict_upper), (0.9, 0.9))
        self.assertIsNone(row.target_ceiling)
        self.assertLess(row.lower, row.verdict_lower)
        row, = store.average_speed_of_answer(
            target_goal=timedelta(seconds=5), target_ceiling="11s",
            verdict_by="day", bounds_by="day")
        self.assertEqual((row.target, row.target_ceiling, row.verdict),
                         (5000, 11000, "missed"))
        self.assertEqual(row.lower, row.verdict_lower)
        row, = store.average_speed_of_answer()
        self.assertEqual((row.target, row.verdict), (20000, None))
        judged = store.service_level(target_goal=0.8, verdict_by="day")
        self.assertIn('"verdict":"met"', judged.to_json())
        self.assertEqual(judged["verdict"], ["met"])
        self.assertEqual(judged.columns[-5:],
                         judged.to_csv().splitlines()[0].split(",")[-5:])
        self.assertIsNone(store.service_level(verdict_by="day")[0].verdict)
        parts = [store.service_level(bounds_by="day", partition="day")
                 for _ in range(2)]
        parts[0].merge(parts[1])
        self.assertEqual(parts[0][0].denominator, 120)

    def test_a_group_has_a_target_of_its_own(self):
        store = kpi.open()
        for day in range(6):
            for i in range(10):
                for queue in "care", "sales", "other":
                    store.add(started_at=NINE + 24 * day * HOUR, queue=queue,
                              wait=8000 if i < 9 else 45000, outcome="answered")
        rows = store.service_level(
            by="queue", verdict_by="day", target_goal={
                "queue": {"care": 0.8, "sales": "95%"}})
        self.assertEqual(
            [(row.group["queue"], row.target, row.verdict) for row in rows],
            [("care", 0.8, "met"), ("other", None, None),
             ("sales", 0.95, "missed")])
        definition = kpi.Definition("service_level", target_goal={
            None: 0.8, "team": {"first line": 0.9, "night": None}})
        self.assertEqual(
            str(definition), "service_level target_goal=0.8 "
            'target_goal[team="first line"]=0.9 target_goal[team=night]=none')
        self.assertEqual(kpi.Definition.parse(str(definition)), definition)
        error = self.refused("EINVAL", store.service_level,
                             target_goal={"queue": {"care": 80}})
        self.assertEqual(error.field, "target_goal")
        self.assertIn('of queue "care"', str(error))
