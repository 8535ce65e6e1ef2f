# SPDX-License-Identifier: MIT
"""The Python binding: what is added by column."""

from array import array
from datetime import datetime, timedelta

import kpi
from tap import NINE, UTC, Case


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

    def test_a_column_of_seconds_is_refused_with_its_row(self):
        store = kpi.open()
        now = int(NINE.timestamp())
        dates = [datetime(1975, 1, 1, tzinfo=UTC)]
        for column in (array("q", [0, now]), array("i", [0, now]),
                       array("I", [0, now]), array("d", [0, now + 0.5]),
                       memoryview(array("q", [now, 1, 0]))[::-2], [0, now]):
            error = self.refused("EINVAL", store.add_columns,
                                 started_at=column)
            self.assertEqual((error.line, error.field), (2, "started_at"))
            self.assertRegex(str(error), "^row 2: started_at is .* seconds")
        store.add_columns(started_at=dates, wait=array("q", [now]))
        self.assertEqual([call["started_at"] for call in store], dates)

    def test_columns_of_other_types_or_lengths_are_refused(self):
        store = kpi.open()
        for error, columns in (
                (TypeError, {"started_at": memoryview(b"abc").cast("c")}),
                (TypeError, {"started_at": b"12345678"}),
                (TypeError, {"started_at": bytearray(8)}),
                (TypeError, {"started_at": 5}),
                (TypeError, {"started_at": memoryview(
                    bytes(16)).cast("q", (2, 1))}),
                (TypeError, {"started_at": [1], "queue": "a"}),
                (TypeError, {"started_at": [1], "queue": [b"a"]}),
                (TypeError, {"started_at": [1], "queue": (
                    memoryview(b"a").cast("c"), ["a"])}),
                (kpi.Error, {"started_at": [1, 2], "queue": ["a"]})):
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

    def test_integers_and_floats_of_every_width_are_read(self):
        for code in "bBhHiIlLqQfd":
            store = kpi.open()
            store.add_columns(started_at=array("q", range(0, 400, 100)),
                              wait=array(code, [3, 0, 100, 7]))
            self.assertEqual([call["visits"][0]["wait"] for call in store],
                             [3, 0, 100, 7], code)
        store = kpi.open()
        store.add_columns(started_at=[0, 1],
                          resolved=memoryview(b"\0\1").cast("?"))
        self.assertEqual([call["resolved"] for call in store], [0, 1])

    def test_floats_are_whole_but_in_times(self):
        store = kpi.open()
        nan = float("nan")
        store.add_columns(started_at=array("d", [1.6, -2.6, 3]),
                          wait=array("f", [0.4, nan, 2.5]),
                          csat=array("d", [nan, 3, 5]))
        self.assertEqual(
            sorted((kpi.instant_text(call["started_at"])[-10:-6],
                    call["visits"][0].get("wait"), call.get("csat"))
                   for call in store),
            [(".002", 0, None), (".003", 2, 5), (".997", None, 3)])
        for field, row, column in (
                ("csat", 2, array("d", [1, 1.5, 2])),
                ("csat", 3, array("d", [1, 1, 1e19])),
                ("wait", 1, array("d", [float("inf"), 1, 1])),
                ("cost", 3, array("Q", [1, 1, 2 ** 63]))):
            error = self.refused("EINVAL", store.add_columns,
                                 started_at=[1, 2, 3], **{field: column})
            self.assertEqual((error.line, error.field), (row, field))
            self.assertRegex(str(error), f"^row {row}: {field} ")
        self.assertEqual(store.contacts().value, 3)

    def test_the_least_value_of_a_type_is_unknown_wherever_it_stands(self):
        wide = memoryview(bytearray(17))[1:].cast("B")
        for code, least in ("i", -2 ** 31), ("q", -2 ** 63):
            odd = memoryview(bytes(1) + bytes(array(code, [5, least])))[1:]
            for column in array(code, [5, least]), odd.cast(code):
                store = kpi.open()
                store.add_columns(started_at=[0, 1], cost=column)
                self.assertEqual([call.get("cost") for call in store],
                                 [5, None])
        self.assertEqual(len(wide), 16)

    def test_an_error_in_a_sequence_says_the_row(self):
        store = kpi.open()
        for error, field, column, words in (
                (TypeError, "wait", [1, "8s"], "row 2: wait must be a timede"),
                (TypeError, "customer", ["a", b"b"], "row 2: customer must"),
                (kpi.Error, "customer", ["a", "b\0"], "row 2: customer con"),
                (kpi.Error, "wait", [1, 2 ** 64], "row 2: wait does not fit"),
                (kpi.Error, "ended_at", [None, datetime(2026, 1, 1)],
                 "row 2: ended_at is a datetime without a time zone"),
                (kpi.Error, "outcome", ["answered", "x"], "row 2: there is"),
                (kpi.Error, "csat", [5, 99], "row 2: csat is outside"),
                (kpi.Error, "queue", (array("b", [0, 1]), ["a"]), "row 2: "),
                (kpi.Error, "outcome", (array("b", [0, 1]), ["answered"]),
                 "row 2: outcome has no such place"),
                (kpi.Error, "queue", (array("q", [0, 2 ** 40]), ["a"]),
                 "row 2: queue has no such place"),
                (kpi.Error, "wait", [1], "wait has 1 rows, where")):
            with self.assertRaisesRegex(error, f"^{words}") as caught:
                store.add_columns(started_at=[1, 2], **{field: column})
            if error is kpi.Error and field != "outcome" and len(column) > 1:
                self.assertEqual(caught.exception.field, field)
                self.assertEqual(caught.exception.line, 2)
        self.assertEqual(store.contacts().value, 0)

    def test_places_may_have_any_width_and_name_codes(self):
        for code in "bhiqd":
            store = kpi.open()
            store.add_columns(
                started_at=[0, 1, 2], queue=(array(code, [1, -1, 0]), "ab"),
                outcome=(array(code, [-1, 1, 0]), ["answered", "abandoned"]))
            self.assertEqual(
                [(call["visits"][0].get("queue"),
                  call["visits"][0].get("outcome")) for call in store],
                [("b", None), (None, "abandoned"), ("a", "answered")])

    def test_integers_are_texts_by_their_digits(self):
        store = kpi.open()
        numbers = [0, -1, 17, 2 ** 63 - 1, 1 - 2 ** 63, -2 ** 63]
        store.add_columns(started_at=range(6), id=array("q", numbers),
                          customer=numbers, case=array("d", range(6)))
        self.assertEqual([call.get("id") for call in store],
                         [*map(str, numbers[:5]), None])
        self.assertEqual([call["customer"] for call in store],
                         [*map(str, numbers)])
        self.assertEqual([call["case"] for call in store], [*"012345"])

    def test_a_table_of_columns_is_taken_whole(self):
        class Table(dict):
            keys = None
            column_names = property(lambda self: list(iter(self)))

        columns = {"started_at": [0, 1], "queue": ["a", None]}
        stores = [kpi.open() for _ in range(3)]
        stores[0].add_columns(**columns)
        stores[1].add_columns(columns)
        stores[2].add_columns({"started_at": [0, 1]}, queue=["a", None])
        for store in stores[1:]:
            self.assertEqual(list(store), list(stores[0]))
        with self.assertRaisesRegex(TypeError, "table or mapping"):
            stores[0].add_columns([1, 2])

    def test_columns_say_what_they_hold_without_being_imported(self):
        """Stands for the columns of libraries that are not here."""
        class Kind:
            kind, itemsize, isnative, tz = "i", 8, True, None

        class Column:
            dtype, ndim = Kind(), 1

            def __init__(self, *values):
                self.values = values

            def __array__(self):
                return Column(*self.values)

            def tolist(self):
                return list(self.values)

        class Category:
            codes, categories = array("b", [1, -1]), Column("a", "b")

        store = kpi.open()
        Kind.kind = "O"
        store.add_columns(started_at=[0, 1], customer=Column("x", None),
                          queue=Category(), wait=Column(5, float("nan")))
        self.assertEqual([(call.get("customer"), call["visits"][0])
                          for call in store],
                         [("x", {"queue": "b", "wait": 5}), (None, {})])
        Kind.kind = "M"
        error = self.refused("EINVAL", store.add_columns,
                             started_at=Column(1, 2))
        self.assertRegex(str(error), "time zone")
        with self.assertRaises(TypeError):
            store.add_columns(started_at=[1, 2], csat=Column(1, 2))
