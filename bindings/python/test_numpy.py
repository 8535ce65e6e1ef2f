# SPDX-License-Identifier: MIT
"""The Python binding: columns of numpy, and of what stands on it."""

import unittest
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import kpi
from tap import HOUR, NINE, Case

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None
try:
    import polars
except ImportError:
    polars = None
try:
    import pyarrow
except ImportError:
    pyarrow = None

BERLIN = ZoneInfo("Europe/Berlin")
STARTS = [NINE, NINE + HOUR, NINE + 2 * HOUR]
UNKNOWN = float("nan")


def flat(store):
    """The interactions of a store, with their one visit's fields."""
    return [{**call.pop("visits")[0], **call} for call in store]


def added(**columns):
    store = kpi.open()
    columns.setdefault("started_at", STARTS)
    store.add_columns(**columns)
    return flat(store)


def column(name, values):
    return [call.get(name) for call in added(**{name: values})]


@unittest.skipIf(numpy is None, "no numpy")
class Numpy(Case):
    def test_every_kind_of_number_is_a_column(self):
        for letter in "bBhHiIlLqQefd?":
            values = numpy.array([1, 0, 1], letter)
            self.assertEqual(column("cost", values), [1, 0, 1], letter)
            self.assertEqual(column("cost", values[::-1][:3]), [1, 0, 1])
            if letter != "?":
                swapped = values.astype(values.dtype.newbyteorder())
                self.assertEqual(column("cost", swapped), [1, 0, 1])
        self.assertEqual(column("wait", numpy.array([1, numpy.nan, 2.4])),
                         [1, None, 2])
        self.assertEqual(
            column("cost", numpy.broadcast_to(numpy.int64(7), 3)), [7] * 3)
        with self.assertRaises(TypeError):
            column("cost", numpy.array([1j, 1, 1]))
        with self.assertRaises((TypeError, kpi.Error)):
            column("cost", numpy.zeros((3, 1)))

    def test_times_of_every_unit_are_milliseconds(self):
        for unit in "s", "ms", "us", "ns":
            starts = numpy.array(
                ["2026-10-01T09:00", "NaT", "1969-12-31T23:59:59"],
                f"M8[{unit}]")
            self.assertEqual(column("ended_at", starts)[:2], [NINE, None])
            self.assertEqual(column("ended_at", starts)[2].second, 59)
            spans = numpy.array([2, "NaT", 0], f"m8[{unit}]")
            self.assertEqual(column("wait", spans), [
                2 * {"s": 1000, "ms": 1}.get(unit, 0), None, 0])
        self.assertEqual(
            column("started_at", numpy.array([1, 0, 2], "M8[D]"))[2],
            datetime(1970, 1, 3, tzinfo=NINE.tzinfo))
        dates = numpy.array(["1975-01-01", "NaT", "1979-12-31"], "M8[D]")
        for values in (dates, numpy.ma.masked_array(dates)):
            self.assertEqual(
                [when and when.year for when in column("ended_at", values)],
                [1975, None, 1979])
        error = self.refused("EINVAL", column, "ended_at", numpy.array(
            [0, 1, int(NINE.timestamp())]))
        self.assertEqual((error.line, error.field), (3, "ended_at"))
        for name, kind in (("csat", "M8[s]"), ("wait", "M8[s]"),
                           ("started_at", "m8[s]")):
            with self.assertRaisesRegex(TypeError, f"{name} takes no "):
                column(name, numpy.zeros(3, kind))

    def test_texts_and_objects_are_read(self):
        for texts in (numpy.array(["a", "bü", ""]),
                      numpy.array(["a", "bü", None], object)):
            self.assertEqual(column("queue", texts), ["a", "bü", None])
        self.assertEqual(column("customer", numpy.array([17, 3, -1])),
                         ["17", "3", "-1"])
        self.assertEqual(
            column("outcome", numpy.array(["answered", "waiting", "failed"])),
            ["answered", "waiting", "failed"])
        self.assertEqual(
            column("queue", (numpy.array([1, 0, -1], "i2"),
                             numpy.array(["a", "b"]))), ["b", "a", None])

    def test_what_a_mask_hides_is_unknown(self):
        mask = [False, True, False]
        for name, values, seen in (
                ("cost", numpy.array([1, 2, 3], "i2"), [1, None, 3]),
                ("cost", numpy.array([1, 2, 3.0]), [1, None, 3]),
                ("wait", numpy.array([1, 2, 3], "m8[s]"),
                 [1000, None, 3000]),
                ("queue", numpy.array(["a", "b", "c"]), ["a", None, "c"])):
            self.assertEqual(
                column(name, numpy.ma.masked_array(values, mask)), seen)
            self.assertNotIn(
                None, column(name, numpy.ma.masked_array(values)))

    def test_scalars_are_numbers(self):
        store = kpi.open()
        store.add(id=numpy.int64(5), started_at=numpy.int64(7),
                  wait=numpy.float64(3), csat=numpy.uint8(4),
                  customer=numpy.str_("c"), talk=numpy.float64("nan"))
        call = store.get("5")
        self.assertEqual((call["csat"], call["customer"], call["visits"]),
                         (4, "c", [{"wait": 3}]))


@unittest.skipIf(pandas is None, "no pandas")
class Pandas(Case):
    def test_a_frame_is_added_and_a_result_becomes_one(self):
        frame = pandas.DataFrame({
            "started_at": pandas.to_datetime(
                [when.astimezone(BERLIN) for when in STARTS]),
            "customer": [17, 3, 17],
            "queue": pandas.Categorical(["a", None, "b"]),
            "outcome": pandas.Categorical(["answered"] * 3),
            "wait": pandas.to_timedelta([1, None, 3], "s"),
            "csat": pandas.Series([5, None, 4], dtype="Int64"),
            "nps": [9, UNKNOWN, 3],
            "resolved": pandas.Series([True, None, False], dtype="boolean"),
            "agent": ["zoë", None, UNKNOWN],
            "team": pandas.Series(["x", None, "y"], dtype="string"),
        })
        store = kpi.open()
        store.add_columns(frame)
        self.assertEqual(flat(store), [
             {"started_at": STARTS[0], "customer": "17", "queue": "a",
              "outcome": "answered", "wait": 1000, "csat": 5, "nps": 9,
              "resolved": 1, "agent": "zoë", "team": "x"},
             {"started_at": STARTS[1], "customer": "3",
              "outcome": "answered"},
             {"started_at": STARTS[2], "customer": "17", "queue": "b",
              "outcome": "answered", "wait": 3000, "csat": 4, "nps": 3,
              "resolved": 0, "team": "y"}])
        again = kpi.open()
        for call in frame.to_dict("records"):
            again.add(**{name: bool(value) if value in (True, False)
                         and name == "resolved" else value
                         for name, value in call.items()})
        self.assertEqual(list(again), list(store))
        result = pandas.DataFrame(store.measure(
            "csat", "contacts", by="queue", every="day",
            zone="Europe/Berlin").to_dict())
        self.assertEqual(str(result.time.dt.tz), "Europe/Berlin")
        self.assertEqual(result.value.sum(), 2 + 3)

    def test_instants_without_a_zone_are_refused(self):
        for texts in (["a", None, "ü"], ["", "b", "b" * 200]):
            for series in (pandas.Series(texts), pandas.Series(
                    texts, dtype="string"), pandas.Series(
                    ["no", *texts, "no"], index=[1, 2, 3, 4, 5])[1:4]):
                self.assertEqual(column("customer", series),
                                 [text or None for text in texts])
        naive = pandas.Series(pandas.to_datetime(["2026-10-01 09:00"] * 3))
        error = self.refused("EINVAL", column, "ended_at", naive)
        self.assertRegex(str(error), "ended_at .* zone")
        self.assertEqual(
            column("ended_at", naive.dt.tz_localize("Europe/Berlin")),
            [NINE - 2 * HOUR] * 3)
        self.assertEqual(column("ended_at", naive.to_numpy()), [NINE] * 3)


@unittest.skipIf(polars is None, "no polars")
class Polars(Case):
    def test_a_frame_is_added_and_a_result_becomes_one(self):
        frame = polars.DataFrame({
            "started_at": STARTS, "wait": [timedelta(seconds=1), None, None],
            "csat": [5, None, 4], "queue": ["a", None, "b"],
            "customer": [17, 3, 17]})
        store = kpi.open()
        store.add_columns(frame)
        self.assertEqual(flat(store), [
             {"started_at": STARTS[0], "customer": "17", "queue": "a",
              "wait": 1000, "csat": 5},
             {"started_at": STARTS[1], "customer": "3"},
             {"started_at": STARTS[2], "customer": "17", "queue": "b",
              "csat": 4}])
        self.refused("EINVAL", column, "ended_at", polars.Series(
            [when.replace(tzinfo=None) for when in STARTS]))
        result = polars.DataFrame(store.csat(by="queue").to_dict())
        self.assertEqual(result["value"].to_list(), [1.0, 1.0])


@unittest.skipIf(pyarrow is None, "no pyarrow")
class Arrow(Case):
    def test_a_table_is_added(self):
        table = pyarrow.table({
            "started_at": pyarrow.array(
                STARTS, pyarrow.timestamp("us", "Europe/Berlin")),
            "wait": pyarrow.array([1, None, 3], pyarrow.int16()),
            "queue": ["a", None, "b"],
            "agent": pyarrow.array(["x", "y", "x"]).dictionary_encode(),
            "talk": pyarrow.array([timedelta(seconds=1), None, None])})
        self.assertEqual(
            added(**dict(zip(table.column_names, table.columns))),
            [{"started_at": STARTS[0], "queue": "a", "wait": 1,
              "agent": "x", "talk": 1000},
             {"started_at": STARTS[1], "agent": "y"},
             {"started_at": STARTS[2], "queue": "b", "wait": 3,
              "agent": "x"}])
        store = kpi.open()
        store.add_columns(table)
        self.assertEqual(store.contacts().value, 3)
        for kind in (pyarrow.string(), pyarrow.large_string(),
                     pyarrow.string_view()):
            texts = pyarrow.chunked_array(
                [["no", "a"], [None, "ü" * 20, "no"]], kind)
            self.assertEqual(column("customer", texts[1:4]),
                             ["a", None, "ü" * 20])
        self.refused("EINVAL", column, "ended_at", pyarrow.array(
            [when.replace(tzinfo=None) for when in STARTS]))
