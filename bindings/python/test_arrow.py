# SPDX-License-Identifier: MIT
"""The Python binding: tables by Arrow's C stream interface."""

import datetime as datetime_module
import unittest
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import kpi
from tap import HOUR, NINE, Case, filled

try:
    import polars
except ImportError:
    polars = None
try:
    import pyarrow
except ImportError:
    pyarrow = None
try:
    import pandas
except ImportError:
    pandas = None

BERLIN = ZoneInfo("Europe/Berlin")
ROWS = [
    dict(id="1", started_at=NINE, wait=timedelta(seconds=8), csat=5,
         queue="support", outcome="answered", resolved=True),
    dict(id="2", started_at=NINE + HOUR, wait=None, csat=None, queue=None,
         outcome="abandoned", resolved=None),
    dict(id="3", started_at=NINE + 24 * HOUR, wait=timedelta(minutes=1),
         csat=2, queue="a queue whose name is long", outcome=None,
         resolved=False),
]


def asked(store):
    return store.measure("service_level", "csat", "average_wait", by="queue",
                         every="day", zone="Europe/Berlin")


def one_by_one():
    store = kpi.open()
    for row in ROWS:
        store.add(**row)
    return store


class Anything(Case):
    """What needs no other library: a result is a stream, too."""

    def test_what_gives_no_stream_is_a_type_error(self):
        with self.assertRaisesRegex(TypeError, "__arrow_c_stream__.*list"):
            kpi.open().add_arrow([1, 2])

    def test_what_a_stream_calls_its_columns_must_be_fields(self):
        store = filled()
        error = self.refused("EINVAL", store.add_arrow, asked(store))
        self.assertIn('there is no field for the column "time"', str(error))
        self.assertEqual(store.info()["interactions"], 3)

    def test_a_stream_is_read_once(self):
        class Again:
            def __init__(self):
                self.stream = filled().csat().__arrow_c_stream__()

            def __arrow_c_stream__(self, requested_schema=None):
                return self.stream

        again = Again()
        self.refused("EINVAL", kpi.open().add_arrow, again)
        error = self.refused("EINVAL", kpi.open().add_arrow, again)
        self.assertIn("released already", str(error))

    def test_other_capsules_and_closed_stores_are_refused(self):
        class Other:
            def __arrow_c_stream__(self, requested_schema=None):
                return datetime_module.datetime_CAPI

        with self.assertRaises(ValueError):
            kpi.open().add_arrow(Other())
        store = filled()
        result = store.csat()
        store.close()
        with self.assertRaisesRegex(ValueError, "closed"):
            store.add_arrow(result)


@unittest.skipIf(polars is None, "no polars")
class Polars(Case):
    def test_a_frame_is_what_its_rows_are(self):
        frame = polars.DataFrame(ROWS)
        for cast in ({}, {"queue": polars.Categorical,
                          "outcome": polars.Categorical},
                     {"started_at": polars.Datetime("ns", "Asia/Tokyo"),
                      "wait": polars.Duration("ns"), "csat": polars.Float32},
                     {"started_at": polars.Int64,
                      "csat": polars.UInt8}):
            changed = frame.cast(cast)
            if cast.get("started_at") == polars.Int64:
                changed = changed.with_columns(
                    polars.col("started_at") // 1000)
            store = kpi.open()
            store.add_arrow(changed)
            self.assertEqual(asked(store), asked(one_by_one()))
            self.assertEqual([*store], [*one_by_one()])

    def test_a_result_is_a_frame_of_its_columns(self):
        result = asked(filled())
        frame = polars.DataFrame(result)
        self.assertEqual(frame.columns, result.columns)
        words = frame.cast({polars.Categorical: polars.String})
        self.assertEqual(words.to_dicts(),
                         polars.DataFrame(result.to_dict()).to_dicts())

    def test_what_is_refused_names_row_and_column(self):
        frame = polars.DataFrame({"started_at": [NINE] * 3,
                                  "wait": [1, 2, -5]})
        error = self.refused("EINVAL", kpi.open().add_arrow, frame)
        self.assertEqual((error.line, error.field), (3, "wait"))
        self.assertIn("row 3", str(error))
        self.assertIn("got -5", str(error))

    def test_times_without_a_zone_need_one(self):
        frame = polars.DataFrame({"started_at": [datetime(2026, 7, 1, 12)]})
        self.refused("EINVAL", kpi.open().add_arrow, frame)
        store = kpi.open()
        store.add_arrow(frame, zone="Europe/Berlin")
        self.assertEqual(store.info()["known_from"],
                         datetime(2026, 7, 1, 12, tzinfo=BERLIN))


@unittest.skipIf(pyarrow is None, "no pyarrow")
class Pyarrow(Case):
    def test_tables_and_readers_are_what_their_rows_are(self):
        table = pyarrow.Table.from_pylist(ROWS)
        batches = [batch for i in range(3)
                   for batch in table.slice(i, 1).to_batches()]
        for source in (table, table.slice(0), pyarrow.RecordBatchReader
                       .from_batches(table.schema, batches)):
            store = kpi.open()
            store.add_arrow(source)
            self.assertEqual(asked(store), asked(one_by_one()))

    def test_a_result_is_a_valid_table(self):
        result = asked(filled())
        table = pyarrow.table(result)
        table.validate(full=True)
        self.assertEqual(table.column_names, result.columns)
        self.assertEqual(table["value"].to_pylist(), result["value"])
        self.assertEqual(table["state"].to_pylist(), result["state"])
        self.assertEqual(table["time"].to_pylist(), result["time"])
        self.assertEqual(table.num_rows, len(result))

    def test_a_reader_that_raises_adds_nothing(self):
        table = pyarrow.Table.from_pylist(ROWS)

        def batches():
            yield from table.to_batches()
            raise RuntimeError("the cable was cut")

        store = kpi.open()
        error = self.refused(
            "EIO", store.add_arrow, pyarrow.RecordBatchReader.from_batches(
                table.schema, batches()))
        self.assertIn("the cable was cut", str(error))
        self.assertEqual(store.info()["interactions"], 0)

    def test_a_reader_may_read_the_store_and_progress_may_end_it(self):
        store = filled()
        table = pyarrow.Table.from_pylist(
            [dict(row, id="n" + row["id"]) for row in ROWS])

        def batches():
            for batch in table.to_batches():
                self.assertEqual(store.info()["interactions"], 3)
                yield batch

        def reader():
            return pyarrow.RecordBatchReader.from_batches(
                table.schema, batches())

        self.refused("ESTOPPED", store.add_arrow, reader(),
                     progress=lambda done, total: True)
        self.assertEqual(store.info()["interactions"], 3)
        store.add_arrow(reader())
        self.assertEqual(store.info()["interactions"], 6)

    @unittest.skipIf(pandas is None, "no pandas")
    def test_a_frame_of_pandas_is_what_its_rows_are(self):
        store = kpi.open()
        store.add_arrow(pandas.DataFrame(ROWS))
        self.assertEqual(asked(store), asked(one_by_one()))
