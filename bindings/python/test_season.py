# SPDX-License-Identifier: MIT
"""The Python binding: when in the week how much comes."""

import random
from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import kpi
from tap import UTC, Case

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def weeks():
    """Mondays at ten 4 and 2 to a, Tuesdays at eleven 3 and 3 to b."""
    store = kpi.open()
    for hours, calls, queue in ((10, 4, "a"), (35, 3, "b"), (178, 2, "a"),
                                (203, 3, "b")):
        for call in range(calls):
            store.add(started_at=MONDAY + hours * HOUR +
                      timedelta(minutes=call), queue=queue, talk=60000,
                      outcome="answered")
    return store


NOW = {"since": MONDAY, "until": MONDAY + 2 * WEEK}


class Seasons(Case):
    def test_a_season_has_an_index_for_each_cell_of_the_week(self):
        season = weeks().contacts(every="hour", **NOW).season()
        self.assertEqual(len(season), 168)
        self.assertEqual((season.by, season.since, season.until,
                          season.periods),
                         ([], MONDAY, MONDAY + 2 * WEEK, 2))
        cell = season[10]
        self.assertEqual(cell, ({}, 1, time(10), cell.index, 3, 6, 2))
        self.assertAlmostEqual(cell.index, 84, delta=1e-12)
        self.assertAlmostEqual(sum(c.index for c in season) / 168, 1,
                               delta=1e-12)
        self.assertEqual(season[-1].weekday, 7)
        self.assertEqual(season.to_dicts()[35]["time"], time(11))
        self.assertIn("168 cells", repr(season))

    def test_each_group_has_its_own(self):
        season = weeks().visits(by="queue", every="hour", **NOW).season()
        self.assertEqual(season.by, ["queue"])
        self.assertEqual([c.queue for c in season if c.mean], ["a", "b"])
        self.assertAlmostEqual(season[10].index, 168, delta=1e-12)
        with self.assertRaisesRegex(AttributeError, "by queue"):
            season[0].team

    def test_a_day_is_a_period_too(self):
        result = weeks().measure("contacts", "visits", every="30min",
                                 since=MONDAY, until=MONDAY + WEEK / 7)
        season = result.season("visits", period="day")
        self.assertEqual(len(season), 48)
        self.assertIsNone(season[20].weekday)
        self.assertEqual(season[20].mean, 4)

    def test_it_is_what_python_counts_by_the_clock_of_the_zone(self):
        draw = random.Random(3)
        since = datetime(2026, 10, 12, tzinfo=BERLIN)
        until = datetime(2026, 11, 2, tzinfo=BERLIN)
        store = kpi.open()
        count = Counter()
        with store.batch():
            for _ in range(3000):
                at = since.astimezone(UTC) + timedelta(
                    minutes=draw.randrange(22 * 1440))
                store.add(started_at=at)
                local = at.astimezone(BERLIN)
                if local < until:
                    count[local.isoweekday(), local.hour] += 1
        season = store.contacts(every="hour", zone="Europe/Berlin",
                                since=since, until=until).season()
        self.assertEqual({(c.weekday, c.time.hour): c.count for c in season
                          if c.count}, dict(count))
        self.assertEqual([(c.weekday, c.time, c.times) for c in season
                          if c.times != 3], [(7, time(2), 4)])

    def test_what_has_no_season_is_refused(self):
        store = weeks()
        self.refused("ENOTFOUND", store.contacts(
            every="hour", since=MONDAY, until=MONDAY + WEEK / 7).season)
        self.refused("EINVAL", store.contacts(every="day", **NOW).season)
        self.refused("EINVAL", store.average_handle_time(
            every="hour", **NOW).season)
        both = store.measure("contacts", "visits", every="hour", **NOW)
        with self.assertRaisesRegex(ValueError, "2 metrics"):
            both.season()
        self.refused("ENOTFOUND", both.season, "customers")
        self.refused("ENOTFOUND", both.season, "visits", "weak")
