# SPDX-License-Identifier: MIT
"""The Python binding: changes from one period to another."""

from datetime import datetime, timedelta

import kpi
from tap import UTC, Case

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = timedelta(days=7)

# queue, week, calls a day, of which within 20 s
DAYS = [
    ("a", 0, 10, [9, 8, 9, 10, 7, 9, 8]),
    ("b", 0, 10, [6, 7, 8, 7, 6, 7, 8]),
    ("d", 0, 10, [5, 6, 4, 5, 6, 4, 5]),
    ("a", 1, 10, [8, 7, 9, 8, 6, 7, 7]),
    ("b", 1, 10, [3, 4, 2, 5, 4, 3, 4]),
    ("c", 1, 20, [18, 19, 17, 20, 18, 16, 19]),
]


def weeks():
    store = kpi.open()
    with store.batch():
        for queue, week, calls, days in DAYS:
            for day, within in enumerate(days):
                for call in range(calls):
                    store.add(started_at=MONDAY + week * WEEK +
                              timedelta(days=day, minutes=call), queue=queue,
                              wait=5000 if call < within else 40000,
                              talk=60000, outcome="answered")
    return store


NOW = {"since": MONDAY + WEEK, "until": MONDAY + 2 * WEEK}


class Changes(Case):
    def test_a_change_has_a_difference_for_each_group(self):
        change = weeks().change("service_level", by="queue", **NOW)
        self.assertEqual([row.queue for row in change], ["a", "b", "c", "d"])
        a, b, c, d = change
        self.assertEqual((a.now, a.before), (52 / 70, 60 / 70))
        self.assertAlmostEqual(a.lower, -0.24394392307335636)
        self.assertEqual((a.method, a.bounds_by), ("Newcombe", "contact"))
        self.assertEqual((a.verdict_method, a.verdict_by),
                         ("linearised", "day"))
        self.assertAlmostEqual(a.chance, 0.048929728242253095)
        self.assertAlmostEqual(b.adjusted, 2 * 1.4163473985414259e-5)
        self.assertEqual((b.verdict, b.unit), ("more than noise", "share"))
        self.assertEqual((d.now, d.now_state, d.verdict),
                         (None, "no data", None))
        self.assertAlmostEqual(c.mix, 0.1)
        self.assertEqual((c.now_weight, c.before_weight), (0.5, 0))
        self.assertEqual(a.text, "-11.4 %")
        self.assertIn("more than noise", repr(change))
        self.assertEqual(change.to_dicts()[0]["group"], {"queue": "a"})
        with self.assertRaisesRegex(AttributeError, "by queue"):
            a.team

    def test_within_and_mix_are_the_difference(self):
        whole = weeks().change("service_level", by="queue", **NOW).whole
        self.assertEqual((whole.group, whole.now), ({}, 204 / 280))
        self.assertAlmostEqual(whole.within, -2 / 15)
        self.assertEqual(whole.within + whole.mix, whole.difference)
        self.assertEqual(whole.verdict, "within noise")

    def test_the_other_period_has_a_name_or_ends(self):
        store = weeks()
        change = store.change("visits", "service_level", **NOW)
        self.assertEqual((len(change), len(change.wholes)), (2, 2))
        self.assertEqual(change[0].difference, 70)
        self.assertEqual((change.since, change.until),
                         (NOW["since"], NOW["until"]))
        self.assertEqual((change.before_since, change.before_until),
                         (MONDAY, MONDAY + WEEK))
        with self.assertRaisesRegex(ValueError, "2 metrics"):
            change.whole
        change = store.change("visits", to="weekdays_year", **NOW)
        self.assertEqual(change.before_since,
                         NOW["since"] - timedelta(days=364))
        change = store.change("visits", to=("2026-03-02", "2026-03-03"),
                              **NOW)
        self.assertEqual(change.whole.before, 30)
        self.refused("EINVAL", lambda: store.change("visits"))
        self.refused("ENOTFOUND",
                     lambda: store.change("visits", to="previos", **NOW))
        with self.assertRaises(TypeError):
            store.change(**NOW)
        with self.assertRaises(TypeError):
            store.change("visits", to=(1, 2, 3), **NOW)
        self.refused("EINVAL",
                     lambda: store.change("visits", every="day", **NOW))

    def test_saved_results_are_compared(self):
        store = weeks()
        definition = kpi.Definition("service_level", verdict_by="day")

        def week(number, **keywords):
            return kpi.load(store.measure(
                definition, since=MONDAY + number * WEEK,
                until=MONDAY + (number + 1) * WEEK, **keywords).save())

        now, before = week(1, by="queue"), week(0, by="queue")
        change = now.change(before)
        self.assertIsNone(change.whole.verdict)
        self.assertEqual(change[1].verdict, "more than noise")
        change = now.change(before, week(1), week(0))
        self.assertEqual(change.whole.verdict, "within noise")
        self.refused("EMISMATCH", lambda: now.change(week(0)))
        with self.assertRaises(TypeError):
            now.change("before")
        with self.assertRaises(TypeError):
            now.change(None)
