# SPDX-License-Identifier: MIT
"""The Python binding: what is added, by row and by column."""

import pickle
import sys
from array import array
from collections import namedtuple
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from types import MappingProxyType

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

    def test_seconds_since_1970_are_refused_and_all_dates_are_taken(self):
        store = kpi.open()
        for seconds in (NINE.timestamp() + 0.5, 315532800, 315532799999):
            for field in ("started_at", "entered_at", "resolved_at"):
                error = self.refused("EINVAL", store.add,
                                     **{"started_at": NINE, field: seconds})
                self.assertEqual(error.field, field)
                self.assertRegex(
                    str(error), r"seconds: give a datetime .* \d+000$")
        self.refused("EINVAL", store.add_activity, agent="a", state="ready",
                     started_at=int(NINE.timestamp()))
        for number, when in ((315532800000, datetime(1980, 1, 1, tzinfo=UTC)),
                             (315532799, datetime(1970, 1, 4, 15, 38, 52,
                                                  799000, UTC)),
                             (datetime(1975, 6, 1, tzinfo=UTC),) * 2):
            store.add(id=str(number), started_at=number)
            self.assertEqual(store.get(str(number))["started_at"], when)

    def test_instants_before_1970_and_at_both_ends_are_exact(self):
        for when in (datetime(1, 1, 1, tzinfo=UTC),
                     datetime(1969, 12, 31, 23, 59, 59, 999000, UTC),
                     datetime(9999, 12, 31, 23, 59, 59, 999000, UTC)):
            store = kpi.open()
            store.add(id="1", started_at=when)
            self.assertEqual(store.get("1")["started_at"], when)

    def test_arguments_of_wrong_types_are_type_errors(self):
        store = kpi.open()
        for wrong in ({"started_at": "1"}, {"customer": b"5"}, {"wait": "8s"},
                      {"visits": [3]}, {"visits": 3}, {"csat": "5"},
                      {"id": 1.0}, {"customer": True}, {"visits": [{1: 2}]},
                      {"visits": [{}], "queue": "q"}, {"wait": []},
                      {"started_at": timedelta(0)}):
            with self.assertRaises(TypeError, msg=wrong):
                store.add(**{"started_at": NINE, **wrong})
        with self.assertRaises(TypeError):
            store.add(NINE)
        self.assertEqual(store.info()["interactions"], 0)

    def test_values_that_no_field_can_have_are_refused_by_its_name(self):
        store = kpi.open()
        for field, value, words in (
                ("started_at", datetime(2026, 1, 1), "time zone"),
                ("started_at", 2 ** 63, "64 bits"),
                ("started_at", 1e300, "64 bits"),
                ("wait", -float("inf"), "64 bits"),
                ("csat", 4.5, "whole"),
                ("customer", "a\0b", "null character"),
                ("customer", "\ud800", "UTF-8"),
                ("csat", 99, "range")):
            error = self.refused("EINVAL", store.add,
                                 **{"started_at": NINE, field: value})
            self.assertEqual((error.field, error.code), (field, -1))
            self.assertRegex(str(error), f"^{field} .*{words}")
        error = self.refused("EINVAL", store.add, started_at=NINE,
                             visits=[{"customer": "c"}])
        self.assertRegex(str(error), "customer is a field of the inter")
        self.assertEqual(store.info()["interactions"], 0)

    def test_what_is_not_a_value_is_unknown(self):
        class Missing:
            def __eq__(self, other):
                return False

        class Undecided:
            def __ne__(self, other):
                return self

            def __bool__(self):
                raise TypeError

        for unknown in None, float("nan"), Missing(), Undecided():
            store = kpi.open()
            store.add(id="1", started_at=NINE, customer=unknown, wait=unknown,
                      csat=unknown, ended_at=unknown, outcome=unknown)
            self.assertEqual(store.get("1"),
                             {"id": "1", "started_at": NINE, "visits": [{}]})
            store.add_columns(started_at=[0], wait=[unknown],
                              customer=[unknown])
            self.assertEqual(store.contacts().value, 2)

    def test_an_int_is_a_text_by_its_digits_and_a_float_a_number(self):
        store = kpi.open()
        store.add(id=17, customer=-5, started_at=1e3, wait=2.6, csat=5.0,
                  csat_scale=True + 4)
        call = store.get(17)
        self.assertEqual((call["id"], call["customer"], call["csat"]),
                         ("17", "-5", 5))
        self.assertEqual((call["started_at"], call["visits"][0]["wait"]),
                         (NINE.fromtimestamp(1, UTC), 3))
        self.assertEqual(store.contacts(where={"customer": -5}).value, 1)
        self.assertEqual(store.contacts(where={"customer": [7]}).value, 0)
        store.delete(17)
        self.assertIsNone(store.get("17"))

    def test_a_call_within_a_call_does_not_mix_their_keywords(self):
        inner = kpi.open()

        class Zone(tzinfo):
            def utcoffset(self, when):
                inner.add(started_at=0, talk=1, hold=2, team="t", csat=3)
                return timedelta(0)

        store = kpi.open()
        for _ in range(2):
            store.add(customer="c", started_at=NINE.replace(tzinfo=Zone()),
                      queue="q", agent="a", wait=5)
        for call in store:
            self.assertEqual(call, {
                "customer": "c", "started_at": NINE,
                "visits": [{"queue": "q", "agent": "a", "wait": 5}]})
        for call in inner:
            self.assertEqual(call["visits"],
                             [{"talk": 1, "hold": 2, "team": "t"}])

    def test_visits_may_be_records(self):
        Visit = namedtuple("Visit", "queue wait")

        @dataclass
        class Leg:
            __slots__ = "agent", "talk"
            agent: str
            talk: timedelta

        store = kpi.open()
        store.add(id="1", started_at=NINE, visits=(
            Visit("a", 5), Leg("bo", timedelta(seconds=1)),
            MappingProxyType({"outcome": "waiting"})))
        self.assertEqual(store.get("1")["visits"], [
            {"queue": "a", "wait": 5}, {"agent": "bo", "talk": 1000},
            {"outcome": "waiting"}])
        with self.assertRaisesRegex(TypeError, "mapping of fields"):
            store.add(started_at=NINE, visits=[("a", 5)])
        self.refused("ENOTFOUND", store.add, started_at=NINE,
                     visits=[namedtuple("Other", "weight")(5)])

    def test_a_wrong_word_gets_the_nearest_right_one(self):
        store = kpi.open()
        for call, wrong, right in (
                (lambda: store.add(started_at=NINE, qeue="q"), "qeue",
                 "queue"),
                (lambda: store.add(started_at=NINE, visits=[{"wiat": 1}]),
                 "wiat", "wait"),
                (lambda: store.update(id="1", clear=["cstomer"]), "cstomer",
                 "customer"),
                (lambda: store.add_columns(startedat=[1]), "startedat",
                 "started_at"),
                (lambda: store.add(started_at=NINE, outcome="answerd"),
                 "answerd", "answered"),
                (lambda: store.add_columns(started_at=[1, 2],
                                           outcome=["answered", "left"]),
                 "left", "answered"),
                (lambda: store.measure("csat", csatscale=5), "csatscale",
                 "csat_scale"),
                (lambda: store.csat(evry="day"), "evry", "every"),
                (lambda: store.repeats(repeat_widow=5), "repeat_widow",
                 "repeat_window"),
                (lambda: kpi.Definition("csat", csatscale=5), "csatscale",
                 "csat_scale"),
                (lambda: store.measure("servise_level"), "servise_level",
                 "service_level"),
                (lambda: store.measure("csat", by="agnet"), "agnet", "agent"),
                (lambda: store.csat(where={"agnet": "x"}), "agnet", "agent"),
                (lambda: store.csat(every="mnth"), "mnth", "month"),
                (lambda: store.measure("csat", preset="genesis"), "genesis",
                 "genesys"),
                (lambda: kpi.catalogue("metric"), "metric", "metrics"),
                (lambda: store.csat()["vlaue"], "vlaue", "value"),
                (lambda: kpi.open(if_exists="udpate"), "udpate", "update")):
            error = self.refused("ENOTFOUND", call)
            self.assertIn(f'"{right}"' if wrong != "left" else right,
                          str(error))
            self.assertEqual((error.field, error.code), (wrong, -4))

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
        self.refused("ENOTFOUND", kpi.open, if_exists="replace")

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

    def test_who_is_erased_has_no_name_and_keeps_the_calls(self):
        store = kpi.open()
        store.add(id="1", started_at=NINE, customer="c-1")
        store.erase_customer("c-1")
        self.assertEqual(store.get("1")["customer"], "(erased)")
        self.refused("ENOTFOUND", store.erase_customer, "c-1")
        self.refused("EINVAL", store.erase_customer, None)

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

    def test_several_threads_answer_as_one(self):
        store = kpi.open()
        store.add_columns(
            started_at=[NINE + timedelta(seconds=i) for i in range(70000)],
            customer=[str(i % 977) for i in range(70000)])
        asked = ("contacts", "customers", "repeat_rate")
        before = store.measure(*asked, by="customer").save()
        for threads in 2, 64, 1:
            store.set_threads(threads)
            self.assertEqual(
                store.measure(*asked, by="customer").save(), before)
        for wrong in 0, 65:
            with self.assertRaisesRegex(kpi.Error, "1 to 64"):
                store.set_threads(wrong)
        for error, wrong in ((OverflowError, -1), (TypeError, "2")):
            with self.assertRaises(error):
                store.set_threads(wrong)

    def test_nothing_is_kept_of_arguments(self):
        text = "".join(["a customer ", "of its own"])
        visit = {"queue": text, "wait": 1}
        counts = sys.getrefcount(text), sys.getrefcount(visit)
        store = kpi.open()
        for _ in range(100):
            store.add(started_at=NINE, customer=text, visits=[visit])
            store.add_columns(started_at=[0], customer=[text])
            for wrong in ({"csat": 99}, {"visits": [visit, 3]}, {"qeue": 1},
                          {"id": 17, "csat": 99}, {"id": 5, "reason": b""}):
                with self.assertRaises((kpi.Error, TypeError)):
                    store.add(**{"started_at": NINE, "customer": text,
                                 "visits": [visit], **wrong})
            with self.assertRaises(TypeError):
                store.add_columns(started_at=[0, 0], customer=[text, b""])
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
        for wrong in ({"agent": 5.5}, {"started_at": "9:00"}, {"stat": 1},
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
