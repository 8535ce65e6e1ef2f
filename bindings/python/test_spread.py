# SPDX-License-Identifier: MIT
"""Definitions in words, and a metric by every preset."""

from datetime import timedelta

import kpi
from tap import Case


class Meaning(Case):
    def test_a_definition_says_what_it_counts(self):
        fast = kpi.Definition("service_level", service_level_threshold={
            None: "30s", "queue": {"vip": "10s"}})
        self.assertIn("service_level_threshold[queue=vip]=10s", fast.words)
        plain = kpi.Definition("service_level")
        self.assertTrue(plain.words.startswith(
            "The figure is the number of visits answered within 20 s, "))
        self.assertEqual(plain.fingerprint, "4e3a33b9d6f177e9")
        self.assertNotEqual(fast.fingerprint, plain.fingerprint)
        with kpi.Store() as store:
            self.assertEqual(store.measure(fast, plain).fingerprints,
                             [fast.fingerprint, plain.fingerprint])
        with self.assertRaises(kpi.Error) as caught:
            kpi.Definition("csat", csat_scale=11).words
        self.assertEqual(caught.exception.field, "csat_top")

    def test_a_spread_is_a_metric_by_every_preset(self):
        with kpi.Store() as store:
            for wait, outcome, count in ((5, "answered", 86),
                                         (30, "answered", 14),
                                         (30, "abandoned", 6)):
                for _ in range(count):
                    store.add(started_at=1541512345000, visits=[{
                        "wait": timedelta(seconds=wait), "outcome": outcome}])
            spread = store.spread("service_level")
            by = {name: row.value
                  for names, row in zip(spread.presets, spread)
                  for name in names}
            self.assertAlmostEqual(by["default"], 86 / 106)
            self.assertAlmostEqual(by["icmi2"], 86 / 100)
            self.assertEqual(by["icmi2"], by["wazo"])
            slow = store.spread(kpi.Definition(
                "service_level", service_level_threshold="30s"))
            self.assertEqual(slow[0].value, 100 / 106)
            self.assertEqual(str(slow.definitions[0]), str(store.spread(
                "service_level",
                service_level_threshold="30s").definitions[0]))
            self.assertEqual(store.csat().presets, [[]])
            with self.assertRaises(TypeError):
                store.spread("service_level", preset="icmi1")
            with self.assertRaises(kpi.Error):
                store.spread("service_level", csat_scale=7)
