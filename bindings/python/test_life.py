# SPDX-License-Identifier: MIT
"""The Python binding: files, closing, threads, forks."""

import gc
import os
import sqlite3
import tempfile
import threading
from array import array
from datetime import timedelta
from pathlib import Path

import kpi
from tap import NINE, Case

LOG = """\
1790845200|NONE|NONE|NONE|QUEUESTART|
1790845201|1.1|support|NONE|ENTERQUEUE||030123|1
1790845209|1.1|support|amira|CONNECT|8|1.2|3
1790845309|1.1|support|amira|COMPLETECALLER|8|100|1
this is no line
"""


def many(store, rows=200000):
    store.add_columns(
        started_at=array("q", range(0, rows * 1000, 1000)),
        wait=array("i", [8000]) * rows, outcome=array("i", [1]) * rows,
        customer=(array("i", range(rows)),
                  [f"c{i % 5000}" for i in range(rows)]))


class Files(Case):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "calls.kpi"

    def test_a_file_keeps_what_was_added(self):
        with kpi.open(self.path) as store:
            store.add(id="1", started_at=NINE, customer="ana")
            with self.assertRaises(KeyError):
                with store.batch():
                    store.add(id="2", started_at=NINE)
                    raise KeyError
            with store.batch():
                store.add(id="3", started_at=NINE)
        self.assertTrue(store.closed)
        with kpi.open(str(self.path), read_only=True) as store:
            self.assertEqual(sorted(call["id"] for call in store),
                             ["1", "3"])
            self.assertEqual(store.contacts().value, 2)
            self.assertGreater(store.info()["file_bytes"], 0)
            self.refused("EREADONLY", store.add, started_at=NINE)
            store.check()

    def test_options_of_opening_are_heeded(self):
        self.refused("ENOTFOUND", kpi.open, self.path, must_exist=True)
        self.refused("ENOTFOUND", kpi.open, self.path / "no" / "folder")
        kpi.open(self.path, permissions=0o640, busy_ms=-1).close()
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o640)
        self.refused("EEXISTS", kpi.open, self.path, must_create=True)
        self.path.write_bytes(b"This is no store at all. " * 200)
        self.refused("ECORRUPT", kpi.open, self.path)
        for wrong in (5, b"a\0b"):
            with self.assertRaises((TypeError, ValueError)):
                kpi.open(wrong)
        with self.assertRaises(TypeError):
            kpi.open(self.path, writable=True)
        for option in "memory", "permissions":
            error = self.refused("EINVAL", kpi.open, **{option: -1})
            self.assertEqual(error.field, option)
        self.refused("EINVAL", kpi.open, permissions=2 ** 32 + 0o600)

    def test_another_writer_is_waited_for_or_not(self):
        first = kpi.open(self.path)
        hasty = kpi.open(self.path, busy_ms=-1)
        patient = kpi.open(self.path, busy_ms=30000)
        first.begin()
        first.add(id="1", started_at=NINE)
        self.refused("EBUSY", hasty.add, id="2", started_at=NINE)
        thread = threading.Thread(
            target=lambda: patient.add(id="3", started_at=NINE))
        thread.start()
        thread.join(0.1)
        self.assertTrue(thread.is_alive())
        first.commit()
        thread.join(30)
        self.assertFalse(thread.is_alive())
        self.assertEqual({call["id"] for call in hasty}, {"1", "3"})

    def test_a_queue_log_is_read_once(self):
        log = self.path.with_name("queue_log")
        log.write_text(LOG)
        store = kpi.open(self.path)
        seen = []
        report = store.import_queue_log(
            log, "west", progress=lambda done, total: seen.append(done))
        self.assertEqual((report["lines"], report["visits"],
                          report["interactions"]), (5, 1, 1))
        self.assertEqual(report["damaged"][0]["lines"], 1)
        self.assertEqual(report["damaged"][0]["first"], [5])
        call, = store
        self.assertEqual(call["source"], "west")
        self.assertEqual(call["visits"][0]["agent"], "amira")
        again = store.import_queue_log(str(log), "west")
        self.assertEqual((again["lines"], again["visits"]), (0, 0))
        self.refused("ENOTFOUND", store.import_queue_log, "/no/such/log")

    def test_a_queue_log_is_told_by_its_beginning(self):
        self.assertIs(kpi.is_queue_log(LOG.encode()), True)
        self.assertIs(kpi.is_queue_log(bytearray(b"a,b\n1,2\n")), False)
        self.assertIs(kpi.is_queue_log(b""), False)
        with self.assertRaises(TypeError):
            kpi.is_queue_log(LOG)

    def test_a_csv_is_read_by_its_header_and_what_is_said_of_it(self):
        table = self.path.with_name("calls.csv")
        table.write_bytes(b"Call;Began;Speed;Taken;Mood\n"
                          b"1;01/10/2026 11:00;8;Y;ok\n"
                          b"2;01/10/2026 11:01;\xe9;N;ok\n"
                          b"3;01/10/2026 11:02;;N/A;ok\n")
        store = kpi.open(self.path)
        seen = []
        report = store.import_csv(
            table, {"Call": "id", "Began": "started_at:%d/%m/%Y %H:%M",
                    "Speed": "wait:s", "Taken": "outcome"},
            values={"Y": "answered", "N": "abandoned", "N/A": ""},
            fill={"csat_scale": 5, "channel": "voice"}, zone="Europe/Berlin",
            progress=lambda done, total: seen.append(done))
        self.assertTrue(seen)
        self.assertEqual(
            (report["rows"], report["interactions"], report["refused"],
             report["updated"], report["local_times"]), (3, 2, 1, 0, 2))
        self.assertEqual(report["reasons"][0], {
            "field": "wait", "reason": "is not a duration",
            "expected": "h:mm:ss, or a number with its unit, such as 90s",
            "rows": 1, "first": [3], "value": "\ufffd"})
        self.assertEqual(report["columns"][0], ("Call", "id"))
        self.assertEqual(report["columns"][4], ("Mood", None))
        call = store.get("1")
        self.assertEqual(call["started_at"], NINE)
        self.assertEqual((call["channel"], call["csat_scale"]), ("voice", 5))
        self.assertEqual(call["visits"][0]["wait"], 8000)
        self.assertEqual(call["visits"][0]["outcome"], "answered")
        again = store.import_csv(table, ["Call=id", "Began=", "Speed=wait:s"])
        self.assertEqual(again["reasons"][0]["reason"],
                         "is in the store already")
        self.refused("EPARSE", store.import_csv, table, {
            "Call": "id", "Speed": "wait:s"}, strict=True)
        self.refused("EINVAL", store.import_csv, table, {"Cal": "id"})
        self.refused("EINVAL", store.import_csv, table, visits=True,
                     fill={"started_at": "2026-10-01"})
        for wrong in (5, [5], {"Call": "id\0"}):
            with self.assertRaises((TypeError, ValueError)):
                store.import_csv(table, wrong)

    def test_a_csv_is_told_by_its_beginning(self):
        self.assertIs(kpi.is_csv(b"a,b\n1,2\n"), True)
        self.assertIs(kpi.is_csv(bytearray(b"a b\n")), False)
        with self.assertRaises(TypeError):
            kpi.is_csv("a,b")

    def test_pages_that_another_wrote_are_accepted_when_resealed(self):
        with kpi.open(self.path) as store:
            store.add(id="1", started_at=NINE, customer="ana")
            store.add_activity(agent="bo", state="ready", started_at=NINE)
        other = sqlite3.connect(self.path)
        other.execute("UPDATE span SET started = started + 1")
        other.commit()
        other.close()
        self.refused("ECORRUPT", self.read)
        kpi.reseal(self.path)
        self.assertEqual(
            self.read(), ("ana", NINE + timedelta(milliseconds=1)))
        for missing in self.path / "none", self.path.with_name("none"):
            self.refused("ENOTFOUND", kpi.reseal, missing)
        with self.assertRaises(TypeError):
            kpi.reseal(5)
        with kpi.open(self.path) as store:
            store.begin()
            self.refused("EBUSY", kpi.reseal, str(self.path))

    def read(self):
        with kpi.open(self.path) as store:
            store.check()
            return (store.get("1")["customer"],
                    store.activities()[0]["started_at"])

    def test_after_a_fork_a_store_says_so(self):
        for path in (None, self.path):
            store = kpi.open(path)
            store.add(id="1", started_at=NINE)
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    store.add(started_at=NINE)
                except kpi.Error as error:
                    status = 0 if error.status == "EFORK" else 2
                finally:
                    os._exit(status)
            _, status = os.waitpid(child, 0)
            self.assertEqual(os.waitstatus_to_exitcode(status), 0)
            self.assertEqual(store.contacts().value, 1)
            store.close()


class Life(Case):
    def test_after_close_calls_are_value_errors(self):
        store = kpi.open()
        store.add(id="1", started_at=NINE)
        with store:
            pass
        store.close()
        self.assertTrue(store.closed)
        self.assertIn("closed", repr(store))
        for call in (lambda: store.add(started_at=NINE),
                     lambda: store.add_columns(started_at=[1]),
                     lambda: store.update(id="1"), lambda: store.get("1"),
                     lambda: store.delete("1"), lambda: store.csat(),
                     lambda: iter(store), lambda: store.repeats(),
                     lambda: store.explain("csat"),
                     lambda: store.info(), lambda: store.check(),
                     lambda: store.begin(), lambda: store.commit(),
                     lambda: store.rollback(),
                     lambda: store.activities(),
                     lambda: store.set_memory(0),
                     lambda: store.set_threads(2),
                     lambda: store.add_activity(
                         agent="a", state="ready", started_at=NINE),
                     lambda: store.import_queue_log("x")):
            with self.assertRaisesRegex(ValueError, "closed"):
                call()

    def test_what_came_of_a_store_outlives_it(self):
        store = kpi.open()
        for i in range(5):
            store.add(id=str(i), started_at=NINE, customer="ana")
        result, calls = store.contacts(by="customer"), store.iterate()
        next(calls)
        store.close()
        self.assertEqual(len(list(calls)), 4)
        self.assertEqual(list(calls), [])
        del store
        gc.collect()
        self.assertEqual(result[0].value, 5)
        for kind in (type(calls), type(result._result)):
            with self.assertRaises(TypeError):
                kind()

    def test_an_iterator_goes_over_the_state_it_began_with(self):
        store = kpi.open()
        store.add(id="1", started_at=NINE)
        calls = iter(store)
        store.add(id="2", started_at=NINE)
        store.delete("1")
        self.assertEqual([call["id"] for call in calls], ["1"])

    def test_many_stores_come_and_go(self):
        for _ in range(300):
            store = kpi.open()
            store.add(started_at=NINE, customer="ana")
            keep = store.contacts(), iter(store)
            del store, keep

    def test_progress_is_told_and_can_end_a_call(self):
        store = kpi.open()
        many(store)
        seen = []

        def fail(done, total):
            raise KeyError(done)

        result = store.csat(progress=lambda *now: seen.append(now))
        self.assertTrue(seen)
        self.assertTrue(all(done <= total for done, total in seen))
        self.assertEqual(result[0].state, "no data")
        for call in (store.csat, store.check):
            with self.assertRaises(KeyError):
                call(progress=fail)
            with self.assertRaises(kpi.Error) as caught:
                call(progress=lambda done, total: True)
            self.assertEqual(caught.exception.status, "ESTOPPED")
        self.assertEqual(store.contacts().value, 200000)


class Threads(Case):
    def run_all(self, *bodies):
        failures = []

        def guarded(body):
            try:
                body()
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=guarded, args=[body])
                   for body in bodies]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            self.assertFalse(thread.is_alive(), "a thread hangs")
        self.assertEqual(failures, [])

    def test_threads_add_and_ask_at_once(self):
        store = kpi.open()

        def write(name):
            for i in range(300):
                store.add(id=f"{name}{i}", started_at=NINE, queue=name)

        def read():
            for _ in range(30):
                total = store.contacts().value
                self.assertLessEqual(total, 600)
                self.assertGreaterEqual(len(list(store)), total)

        self.run_all(lambda: write("a"), lambda: write("b"), read, read)
        self.assertEqual(store.contacts().value, 600)

    def test_adding_goes_on_while_progress_is_told(self):
        store = kpi.open()
        many(store)
        inside, added = threading.Event(), threading.Event()

        def progress(done, total):
            inside.set()
            self.assertTrue(added.wait(30))

        def add():
            self.assertTrue(inside.wait(30))
            store.add(id="late", started_at=NINE)
            added.set()

        self.run_all(lambda: store.contacts(progress=progress), add)
        self.assertEqual(store.contacts().value, 200001)

    def test_close_waits_for_those_inside(self):
        for _ in range(20):
            store = kpi.open()
            many(store, 3000)

            def use():
                try:
                    while True:
                        store.add(started_at=NINE)
                        store.contacts()
                        list(store.iterate(where={"customer": "c7"}))
                except ValueError:
                    self.assertTrue(store.closed)

            self.run_all(use, use, store.close)

    def test_an_iterator_serves_one_thread_at_a_time(self):
        store = kpi.open()
        many(store, 20000)
        calls, taken = iter(store), []

        def take():
            while True:
                try:
                    call = next(calls, None)
                except ValueError:
                    continue
                if call is None:
                    return
                taken.append(call["started_at"])

        self.run_all(take, take, take)
        self.assertEqual(len(set(taken)), len(taken))
        self.assertEqual(len(taken), 20000)
