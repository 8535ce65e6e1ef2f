# SPDX-License-Identifier: MIT
"""A figure opened."""

import threading

import kpi
from tap import HOUR, NINE, UTC, Case, filled


class Explained(Case):
    def test_who_is_in_a_figure_and_as_what(self):
        store = filled()
        level = store.explain("service_level")
        self.assertEqual(level.figure, store.measure("service_level")[0])
        self.assertEqual(
            [(unit.id, unit.row, unit.role, unit.outcome_class)
             for unit in level],
            [("1", 1, "numerator", "answered_in"),
             ("2", 1, "denominator", "abandoned_out"),
             ("2", 2, "numerator", "answered_in"),
             ("3", 1, "denominator", "abandoned_out")])
        first = level[0]
        self.assertEqual(first.started_at, NINE)
        self.assertIs(first.started_at.tzinfo, UTC)
        self.assertEqual(
            (first.customer, first.source, first.left_out, first.value),
            ("ana", None, None, None))
        self.assertEqual(
            (first.numerator, first.denominator, first.excluded), (1, 1, 0))
        self.assertIn("4 units", repr(level))

    def test_roles_and_rows_are_chosen(self):
        store = filled()
        late = store.explain("service_level", roles="denominator",
                             where={"queue": "support"},
                             since=NINE, until=NINE + 2 * HOUR)
        self.assertEqual([unit.id for unit in late], ["2"])
        self.assertEqual(late.figure.denominator, 2)
        left_out = store.explain("csat", roles=["excluded"])
        self.assertEqual(len(left_out), 0)
        mean = store.explain("average_wait", roles="numerator")
        self.assertEqual([unit.value for unit in mean],
                         [8000, 30000, 5000, 60000])
        split = store.explain("resolution_rate", credit="equal",
                              where={"agent": "amira"})
        self.assertEqual(split[0].denominator, 1)
        mix = store.explain("channel_mix", where={"channel": "chat"})
        self.assertEqual([unit.role for unit in mix],
                         ["denominator", "denominator", "numerator"])

    def test_it_is_a_sequence_of_one_state_of_the_store(self):
        store = filled()
        calls = store.explain("contacts")
        store.add(started_at=NINE)
        store.close()
        self.assertEqual(len(calls), 3)
        self.assertEqual(calls[-1].id, "3")
        self.assertEqual([u.id for u in calls[1:]], ["2", "3"])
        self.assertEqual([u.id for u in calls[::-1]], ["3", "2", "1"])
        self.assertEqual(calls[3:1], [])
        with self.assertRaises(IndexError):
            calls[3]
        self.assertEqual(calls.figure.value, 3)

    def test_more_than_a_page_comes_in_order(self):
        store = kpi.open()
        store.add_columns(
            started_at=[1541512345000 + 1000 * (i * 7919 % 5000)
                        for i in range(5000)],
            id=[str(i) for i in range(5000)])
        calls = store.explain("contacts")
        starts = [unit.started_at for unit in calls]
        self.assertEqual(starts, sorted(starts))
        self.assertEqual(len({unit.id for unit in calls}), 5000)

    def test_what_cannot_be_opened_is_refused(self):
        store = filled()
        self.refused("ENOTSUP", store.explain, "occupancy")
        self.refused("EINVAL", store.explain, "channel_mix")
        self.refused("ENOTFOUND", store.explain, "channel_mix",
                     where={"channel": "fax"})
        with self.assertRaisesRegex(TypeError, "'by'"):
            store.explain("contacts", by="queue")
        with self.assertRaisesRegex(kpi.Error, '"numerator"'):
            store.explain("contacts", roles="numertor")
        with self.assertRaises(TypeError):
            store.explain()

    def test_progress_is_told_while_the_explanation_lives(self):
        seen = []
        store = filled()
        calls = store.explain(
            "contacts", progress=lambda done, total: seen.append(done))
        del store
        self.assertEqual([unit.id for unit in calls], ["1", "2", "3"])

    def test_threads_do_not_read_one_explanation_at_once(self):
        store = kpi.open()
        store.add_columns(started_at=list(range(20000)))
        calls = store.explain("contacts")
        seen = []

        def read():
            try:
                seen.append(len([*calls]))
            except ValueError as error:
                seen.append(str(error))

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertLessEqual(
            set(seen),
            {20000, "the explanation is in use by another thread"})
