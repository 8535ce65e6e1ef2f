# SPDX-License-Identifier: MIT
"""The Python binding: agents from a store's own arrivals."""

from datetime import datetime, time, timedelta

import kpi
from tap import UTC, Case

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = timedelta(days=7)
TEN = 20  # Monday's at ten


def weeks():
    """Mondays at ten 40 and 20 of 3 min, Tuesdays at ten 10 of 6 min each."""
    store = kpi.open()
    for days, calls, minutes, queue in ((0, 40, 3, "a"), (7, 20, 3, "a"),
                                        (1, 10, 6, "b"), (8, 10, 6, "b")):
        for _ in range(calls):
            store.add(started_at=MONDAY + timedelta(days=days, hours=10),
                      queue=queue, wait=10000, talk=minutes * 60000,
                      outcome="answered")
    return store


NOW = {"since": MONDAY, "until": MONDAY + 2 * WEEK}


class Plans(Case):
    def test_an_interval_needs_what_its_mean_arrivals_do(self):
        plan = weeks().plan(shrinkage=0.25, max_occupancy=0.85, **NOW)
        self.assertEqual(len(plan), 336)
        self.assertEqual(plan.season.periods, 2)
        interval = plan[TEN]
        self.assertEqual(interval, (
            {}, 1, time(10), 30, 60, 2, 180000, 60, "interval", None,
            kpi.staffing(30, "30min", "3min", shrinkage=0.25,
                         max_occupancy=0.85)))
        tuesday = plan[TEN + 48]
        self.assertEqual((tuesday.handled_of, tuesday.handle_time_ms),
                         ("group", 225000))
        self.assertEqual(plan[0].staffing.agents, 0)
        self.assertIsNone(plan[0].staffing.service_level)
        self.assertEqual(plan.to_dicts()[TEN]["contacts"], 30)
        self.assertIn("336 cells", repr(plan))

    def test_each_group_is_planned_by_itself(self):
        plan = weeks().plan(by="queue", every="hour", **NOW)
        self.assertEqual([i.queue for i in plan if i.count], ["a", "b"])
        self.assertEqual(plan[168 + 34].handled_of, "all")

    def test_patience_is_given_or_measured(self):
        store = weeks()
        for _ in range(5):
            store.add(started_at=MONDAY, queue="b", wait=10000,
                      outcome="abandoned")
        plan = store.plan(patience="measured", **NOW)
        self.assertEqual(plan[TEN].patience_ms, 170000)
        self.assertEqual(plan[TEN].staffing, kpi.staffing(
            30, "30min", "3min", patience="170s"))
        plan = store.plan(patience="2min", target="abandonment",
                          target_value=0.05, **NOW)
        self.assertEqual(plan[TEN].staffing, kpi.staffing(
            30, "30min", "3min", patience="2min", target="abandonment",
            target_value=0.05))

    def test_a_day_is_planned_as_it_was(self):
        plan = weeks().plan(period="day", agents=5, handle_time="200s",
                            since=MONDAY + WEEK, until=MONDAY + WEEK * 8 / 7)
        self.assertEqual(len(plan), 48)
        self.assertEqual(plan[TEN].staffing, kpi.staffing(
            20, "30min", "200s", agents=5))
        self.assertEqual(plan[TEN].handled_of, "given")

    def test_what_cannot_be_planned_is_refused(self):
        store = weeks()
        error = self.refused("EINVAL", store.plan, agents=2, **NOW)
        self.assertIn("monday 10:00: 2 agents never catch up", str(error))
        self.refused("ENOTFOUND", store.plan, since=MONDAY,
                     until=MONDAY + WEEK / 7)
        self.refused("ENOTFOUND", store.plan, period="weak", **NOW)
        self.refused("ENOTFOUND", store.plan, target="speed", **NOW)
        self.refused("EINVAL", store.plan, every="day", **NOW)
        self.refused("EINVAL", store.plan, agents=-1, **NOW)
        self.refused("EINVAL", store.plan, handle_time="0s", **NOW)
        self.refused("ENOTFOUND", store.plan, csat_scale=5, **NOW)
        self.refused("ENOTFOUND", kpi.open().plan)
