# SPDX-License-Identifier: MIT
"""The Python binding: what is added, by row and by column."""

import pickle
import sys
from array import array
from datetime import datetime, timedelta, timezone

import kpi
from tap import HOUR, NINE, UTC, Case, filled


class Adding(Case):
    def test_what_is_added_is_given_back(self):
        store = kpi.open()
        call = {
            "id": "17", "source": "west", "customer": "c-42", "case": "k",
            "direction": "inbound", "started_at": NINE, "ivr": 1500,
            "csat": 5, "resolved": 1, "attribute_2": "gold",
            "visits": [
                {"queue": "support", "agent": "zoë", "team": "night",
                 "wait": 8000, "ring": 2000, "talk": 190000, "hold": 0,
                 "after_call": 10, "outcome": "answered",
                 "transfer": "queue", "tier": 1},
                {"entered_at": NINE + HOUR, "outcome": "waiting"},
            ],
        }
        store.add(**call)
        self.assertEqual(store.get("17", "west"), call)
        self.assertEqual(list(store), [call])
        self.assertIsNone(store.get("17"))
        other = kpi.open()
        other.add(**store.get("17", "west"))
        self.assertEqual(other.get("17", "west"), call)

    def test_every_field_of_the_catalogue_is_a_keyword(self):
        values = {"text": "t", "instant": NINE, "duration": 7, "code": 1}
        for field in kpi.catalogue("fields"):
            value = values.get(field["kind"], 1)
            call = {"id": "1", "started_at": NINE, "csat_scale": 5,
                    "source": "t", field["name"]: value}
            with kpi.open() as store:
                if field["name"] == "csat_scale":
                    call["csat_scale"] = value = 2
                store.add(**call)
                found, = store
                found.update(found.pop("visits")[0])
                if field["kind"] == "code" and isinstance(
                        found[field["name"]], str):
                    value = found[field["name"]]
                    with kpi.open() as again:
                        again.add(**{**call, field["name"]: value})
                        self.assertEqual(list(again), list(store))
                self.assertEqual(found[field["name"]], value, field["name"])

    def test_instants_and_durations_may_be_objects_or_milliseconds(self):
        store = kpi.open()
        east = timezone(5 * HOUR)
        store.add(id="a", started_at=NINE.astimezone(east),
                  wait=timedelta(seconds=8), outcome="answered")
        store.add(id="b", started_at=int(NINE.timestamp() * 1000), wait=8000,
                  outcome=1)
        a, b = store.get("a"), store.get("b")
        del a["id"], b["id"]
        self.assertEqual(a, b)
        self.assertEqual(a["started_at"].utcoffset(), timedelta(0))

    def test_instants_before_1970_and_at_both_ends_are_exact(self):
        for when in (datetime(1, 1, 1, tzinfo=UTC),
                     datetime(1969, 12, 31, 23, 59, 59, 999000, UTC),
                     datetime(9999, 12, 31, 23, 59, 59, 999000, UTC)):
            store = kpi.open()
            store.add(id="1", started_at=when)
            self.assertEqual(store.get("1")["started_at"], when)

    def test_arguments_of_wrong_types_are_type_errors(self):
        store = kpi.open()
        for wrong in ({"started_at": 1.5}, {"customer": 5}, {"wait": "8s"},
                      {"visits": [3]}, {"visits": 3}, {"csat": "5"},
                      {"id": b"1"}, {"visits": [{1: 2}]},
                      {"visits": [{}], "queue": "q"},
                      {"visits": [{"customer": "c"}]}):
            with self.assertRaises(TypeError, msg=wrong):
                store.add(**{"started_at": NINE, **wrong})
        with self.assertRaises(TypeError):
            store.add(NINE)
        with self.assertRaises(ValueError):
            store.add(started_at=datetime(2026, 1, 1))
        with self.assertRaises(ValueError):
            store.add(started_at=NINE, customer="a\0b")
        with self.assertRaises(OverflowError):
            store.add(started_at=2 ** 63)
        self.assertEqual(store.info()["interactions"], 0)

    def test_a_wrong_word_gets_the_nearest_right_one(self):
        store = kpi.open()
        for call, name in (
                (lambda: store.add(started_at=NINE, qeue="q"), "queue"),
                (lambda: store.add(started_at=NINE, visits=[{"wiat": 1}]),
                 "wait"),
                (lambda: store.update(id="1", clear=["cstomer"]),
                 "customer"),
                (lambda: store.add_columns(startedat=[1]), "started_at"),
                (lambda: store.measure("csat", csatscale=5), "csat_scale")):
            with self.assertRaisesRegex(TypeError, f'"{name}"'):
                call()
        for call, name in (
                (lambda: store.add(started_at=NINE, outcome="answerd"),
                 "answered"),
                (lambda: store.measure("servise_level"), "service_level"),
                (lambda: store.measure("csat", by="agnet"), "agent"),
                (lambda: store.measure("csat", preset="genesis"),
                 "genesys")):
            self.assertIn(f'"{name}"', str(self.refused("ENOTFOUND", call)))

    def test_an_error_says_which_field(self):
        error = self.refused("EINVAL", kpi.open().add, started_at=NINE,
                             csat=99)
        self.assertEqual((error.field, error.code), ("csat", -1))
        self.assertTrue(str(error))
        self.assertEqual(pickle.loads(pickle.dumps(error)).field, "csat")

    def test_an_id_twice_is_refused_or_an_update(self):
        store = kpi.open()
        store.add(id="1", started_at=NINE, customer="ana")
        self.refused("EEXISTS", store.add, id="1", started_at=NINE)
        store = kpi.open(if_exists="update")
        store.add(id="1", started_at=NINE, customer="ana")
        store.add(id="1", started_at=NINE, csat=4)
        self.assertEqual(store.get("1")["customer"], "ana")
        self.assertEqual(store.get("1")["csat"], 4)
        with self.assertRaises(ValueError):
            kpi.open(if_exists="replace")

    def test_update_changes_what_is_known_and_clears_what_is_named(self):
        store = filled()
        store.update(id="1", nps=9, clear=["csat"])
        call = store.get("1")
        self.assertEqual(call["nps"], 9)
        self.assertNotIn("csat", call)
        self.assertEqual(call["visits"][0]["agent"], "amira")
        self.refused("ENOTFOUND", store.update, id="9", nps=9)
        store.delete("1")
        self.assertIsNone(store.get("1"))
        self.refused("ENOTFOUND", store.delete, "1")

    def test_a_batch_is_kept_whole_or_not_at_all(self):
        store = kpi.open()
        with store.batch():
            store.add(id="1", started_at=NINE)
            self.refused("EORDER", store.begin)
        with self.assertRaises(KeyError):
            with store.batch():
                store.add(id="2", started_at=NINE)
                raise KeyError
        self.assertEqual([call["id"] for call in store], ["1"])
        self.refused("EORDER", store.commit)
        with self.assertRaises(KeyError):
            with store.batch():
                store.close()
                raise KeyError

    def test_a_store_that_ends_with_time_tells_its_end(self):
        store = kpi.open()
        store.add(started_at=datetime(9999, 12, 31, 23, 59, 59, 999000, UTC))
        self.assertEqual(store.info()["as_of"], 253402300800000)
        for zone in "UTC", "Asia/Tokyo":
            row, = store.contacts(every="year", zone=zone)
            self.assertEqual(row.value, 1)
        row, = store.contacts(every="year")
        self.assertEqual(row.time, datetime(9999, 1, 1, tzinfo=UTC))
        self.assertGreaterEqual(row.until, 253402300800000)

    def test_a_budget_of_memory_is_bytes(self):
        store = filled()
        store.set_memory(1 << 20)
        store.set_memory(0)
        self.assertEqual(store.contacts().value, 3)
        for error, wrong in ((OverflowError, -1), (TypeError, "1M"),
                             (OverflowError, 2 ** 64)):
            with self.assertRaises(error):
                store.set_memory(wrong)

    def test_nothing_is_kept_of_arguments(self):
        text = "".join(["a customer ", "of its own"])
        visit = {"queue": text, "wait": 1}
        counts = sys.getrefcount(text), sys.getrefcount(visit)
        store = kpi.open()
        for _ in range(100):
            store.add(started_at=NINE, customer=text, visits=[visit])
            store.add_columns(started_at=[0], customer=[text])
            for wrong in ({"csat": 99}, {"visits": [visit, 3]}, {"qeue": 1}):
                with self.assertRaises((kpi.Error, TypeError)):
                    store.add(**{"started_at": NINE, "customer": text,
                                 "visits": [visit], **wrong})
            with self.assertRaises(TypeError):
                store.add_columns(customer=[text, 3])
            store.measure("contacts", where={"customer": text})
        self.assertEqual(
            (sys.getrefcount(text), sys.getrefcount(visit)), counts)


class Activities(Case):
    def test_activities_are_given_back_by_agent_and_start(self):
        store = kpi.open()
        shift = [
            {"agent": "amira", "state": "ready", "started_at": NINE,
             "ended_at": NINE + HOUR},
            {"agent": "amira", "state": "break", "started_at": NINE + HOUR},
            {"agent": "zoë", "state": "meeting", "started_at": NINE,
             "source": "west"},
        ]
        for activity in reversed(shift):
            store.add_activity(**activity)
        self.assertEqual(store.activities(), shift)
        self.assertEqual(store.info()["activities"], 3)
        self.assertEqual(kpi.open().activities(), [])

    def test_an_end_that_becomes_known_replaces_the_activity(self):
        store = kpi.open()
        for end in (None, NINE + HOUR):
            store.add_activity(agent="bo", state=2, started_at=NINE,
                               ended_at=end)
        self.assertEqual(store.activities(), [
            {"agent": "bo", "state": "break", "started_at": NINE,
             "ended_at": NINE + HOUR}])

    def test_an_activity_that_is_wrong_is_refused_by_its_field(self):
        store = kpi.open()
        right = {"agent": "bo", "state": "ready", "started_at": NINE}
        for wrong in ({"agent": None}, {"state": 7}, {"state": None},
                      {"started_at": None}, {"ended_at": NINE - HOUR}):
            error = self.refused("EINVAL", store.add_activity,
                                 **{**right, **wrong})
            self.assertEqual([error.field], list(wrong))
        self.assertIn('"ready"', str(self.refused(
            "ENOTFOUND", store.add_activity, **{**right, "state": "redy"})))
        for wrong in ({"agent": 5}, {"started_at": "9:00"}, {"stat": 1},
                      {"source": b"west"}):
            with self.assertRaises(TypeError):
                store.add_activity(**{**right, **wrong})
        with self.assertRaises(TypeError):
            store.add_activity("bo", "ready", NINE)
        self.assertEqual(store.activities(), [])

    def test_an_activity_belongs_to_its_batch(self):
        store = kpi.open()
        with self.assertRaises(KeyError):
            with store.batch():
                store.add_activity(agent="bo", state="ready",
                                   started_at=NINE)
                raise KeyError
        self.assertEqual(store.activities(), [])


class Columns(Case):
    def test_columns_add_what_rows_add(self):
        rows = 5
        starts = [int(NINE.timestamp() * 1000) + i for i in range(rows)]
        waits = [0, 8000, None, 70000, 20000]
        queues = ["a", None, "b", "a", "ü"]
        by_row, by_column = kpi.open(), kpi.open()
        for start, wait, queue in zip(starts, waits, queues):
            by_row.add(started_at=start, wait=wait, queue=queue,
                       outcome="answered")
        unknown = -2 ** 31
        by_column.add_columns(
            started_at=array("q", starts),
            wait=array("i", [unknown if w is None else w for w in waits]),
            queue=queues, outcome=["answered"] * rows, agent=None)
        self.assertEqual(list(by_column), list(by_row))
        pairs = kpi.open()
        pairs.add_columns(
            started_at=[NINE + i * timedelta(milliseconds=1)
                        for i in range(rows)],
            wait=waits, outcome=array("q", [1] * rows),
            queue=(array("i", [0, -1, 1, 0, 2]), ["a", "b", "ü"]))
        self.assertEqual(list(pairs), list(by_row))

    def test_buffers_are_read_in_their_stride(self):
        store = kpi.open()
        numbers = memoryview(array("q", range(100, 110)))
        store.add_columns(started_at=numbers[::3], cost=numbers[::-3])
        self.assertEqual(
            [(call["started_at"].microsecond // 1000, call["cost"])
             for call in store],
            [(100, 109), (103, 106), (106, 103), (109, 100)])

    def test_columns_of_other_types_or_lengths_are_refused(self):
        store = kpi.open()
        for error, columns in (
                (TypeError, {"started_at": array("d", [1.0])}),
                (TypeError, {"started_at": b"12345678"}),
                (TypeError, {"started_at": 5}),
                (TypeError, {"started_at": array("Q", [1])}),
                (TypeError, {"started_at": memoryview(
                    bytes(16)).cast("q", (2, 1))}),
                (TypeError, {"started_at": [1], "queue": "a"}),
                (TypeError, {"started_at": [1], "queue": [b"a"]}),
                (TypeError, {"started_at": [1],
                             "queue": (array("q", [0]), ["a"])}),
                (ValueError, {"started_at": [1, 2], "queue": ["a"]})):
            with self.assertRaises(error, msg=columns):
                store.add_columns(**columns)
        error = self.refused("EINVAL", store.add_columns,
                             started_at=[1, 2, 3], csat=[5, 99, 5])
        self.assertEqual((error.line, error.field), (2, "csat"))
        self.refused("EINVAL", store.add_columns, started_at=[1],
                     queue=(array("i", [7]), ["a"]))
        self.assertEqual(store.info()["interactions"], 0)

    def test_one_row_may_have_any_stride(self):
        store = kpi.open()
        store.add_columns(started_at=memoryview(array("q", [5, 6]))[::2])
        store.add_columns(started_at=array("q"))
        self.assertEqual(store.info()["interactions"], 1)
