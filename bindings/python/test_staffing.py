# SPDX-License-Identifier: MIT
"""The Python binding: how many agents and lines a load needs."""

from datetime import timedelta

import kpi
from tap import Case


def half_an_hour(**keywords):
    return kpi.staffing(100, "30min", "180s", **keywords)


class Staffing(Case):
    def test_agents_are_the_fewest_that_reach_the_target(self):
        s = half_an_hour(max_occupancy=0.85, shrinkage=0.3)
        self.assertEqual((s.agents, s.positions, s.load), (14, 20, 10))
        self.assertAlmostEqual(s.wait_probability, 0.1741319335950498)
        self.assertAlmostEqual(s.service_level, 0.8883500191794669)
        self.assertAlmostEqual(s.speed_of_answer_ms, 7835.93701177724)
        self.assertAlmostEqual(s.mean_wait_ms, s.speed_of_answer_ms)
        self.assertAlmostEqual(s.occupancy, 0.7142857142857143)
        self.assertEqual(s.abandonment, 0)
        self.assertEqual(half_an_hour(max_occupancy=0.7).agents, 15)
        self.assertEqual(half_an_hour(), half_an_hour(
            threshold=timedelta(seconds=20), target_value=0.8))

    def test_each_target_is_asked_by_its_name(self):
        def agents(target, value, **keywords):
            return half_an_hour(target=target, target_value=value,
                                **keywords).agents

        self.assertEqual(agents("service_level", 0.9), 15)
        self.assertEqual(agents("wait_probability", 0.175), 14)
        self.assertEqual(agents("speed_of_answer", "8s"), 14)
        self.assertEqual(agents("speed_of_answer",
                                timedelta(seconds=7.8)), 15)
        self.assertEqual(agents("abandonment", 0.014, patience="5min"), 14)
        self.assertEqual(agents("occupancy", 0.8), 13)

    def test_agents_are_given_and_people_leave(self):
        s = kpi.staffing(3.3333333333, "1min", timedelta(minutes=3),
                         agents=14, patience="5min")
        self.assertAlmostEqual(s.wait_probability, 0.1452601143)
        self.assertAlmostEqual(s.abandonment, 0.0139837441)
        self.assertAlmostEqual(s.occupancy, 0.7042973256)
        self.assertAlmostEqual(s.mean_wait_ms / 60000, 0.0699187206)
        self.assertAlmostEqual(s.service_level, 0.9167920919)
        self.assertLess(half_an_hour(agents=8, patience="2min").abandonment,
                        0.3)

    def test_without_contacts_there_is_no_figure(self):
        s = kpi.staffing(0, "30min", "180s")
        self.assertEqual(s, (0, 0, 0, *[None] * 6))
        s = kpi.staffing(0, "30min", "180s", agents=3)
        self.assertEqual((s.service_level, s.occupancy), (None, 0))

    def test_what_is_wrong_is_told(self):
        def told(text, status="EINVAL", **keywords):
            with self.assertRaisesRegex(kpi.Error, text) as caught:
                half_an_hour(**keywords)
            self.assertEqual(caught.exception.status, status)

        told("expected is 11 at least", agents=10)
        told("agents are 0: expected is 1 to", agents=0)
        told("agents is less than 0", agents=-3)
        told("not a whole number", agents=13.5)
        told("threshold is 20, a duration without a unit", threshold=20)
        told("patience is 0: expected is more", patience="0s")
        told("max_occupancy is 0: expected is more", max_occupancy=0)
        told("target_value is 0: expected is more", target_value=0)
        told("target_value is 80: expected", target_value=80)
        told("shrinkage is 1: expected", shrinkage=1)
        told("threshold_ms is -1000", threshold=timedelta(seconds=-1))
        told("nobody abandons", target="abandonment", target_value=0.1)
        told("duration without", target="speed_of_answer", target_value=9)
        told('nearest is "occupancy"', "ENOTFOUND", target="ocupancy")
        told("agents would be needed", "ELIMIT", max_occupancy=1e-9)
        with self.assertRaisesRegex(TypeError, "a timedelta or a text"):
            half_an_hour(threshold=None)
        with self.assertRaises(TypeError):
            half_an_hour(shrinkage="30 %")

    def test_lines_are_the_fewest_with_the_blocking(self):
        self.assertAlmostEqual(kpi.erlang_blocking(10, 17), 0.0129489, 6)
        self.assertEqual(kpi.erlang_blocking(1, 2), 0.2)
        self.assertIsNone(kpi.erlang_blocking(0, 2))
        self.assertEqual(kpi.erlang_lines(10, 0.02), 17)
        with self.assertRaisesRegex(kpi.Error, "load is -1"):
            kpi.erlang_blocking(-1, 2)
        with self.assertRaisesRegex(kpi.Error, "blocking is 1: expected"):
            kpi.erlang_lines(10, 1)
