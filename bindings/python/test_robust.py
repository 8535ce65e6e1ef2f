# SPDX-License-Identifier: MIT
"""The Python binding: what must not matter: order, copies, interpreters."""

import copy
import gc
import importlib
import os
import pickle
import sys
import textwrap
import threading
import unittest
import weakref

import kpi
from tap import HOUR, NINE, Case, filled


def interpreters():
    """The module that makes interpreters, under whatever name it has."""
    for name in "_interpreters", "_xxsubinterpreters":
        try:
            return importlib.import_module(name)
        except ImportError:
            pass
    return None


class Order(Case):
    def test_things_may_be_dropped_in_any_order(self):
        def made():
            store = filled()
            return {"store": store, "result": store.visits(by="queue"),
                    "calls": store.iterate(),
                    "definition": kpi.Definition("csat"),
                    "repeats": store.repeats(),
                    "explanation": store.explain("visits")}

        names = list(made())
        for first in names:
            for last in names:
                things = made()
                for name in sorted(names, key=lambda n: (n == last,
                                                         n != first)):
                    del things[name]
                    gc.collect()
                    if "calls" in things:
                        next(things["calls"], None)
                    if "result" in things:
                        self.assertEqual(len(things["result"]), 2)

    def test_circles_are_collected(self):
        class Keeper(kpi.Store):
            pass

        store = Keeper()
        store.add(started_at=NINE)
        store.calls = iter(store)
        gone = weakref.ref(store), weakref.ref(store.calls)
        del store
        gc.collect()
        self.assertEqual([ref() for ref in gone], [None, None])

        class Progress:
            def __call__(self, done, total):
                pass

        progress = Progress()
        progress.calls = filled().iterate(progress=progress)
        gone = weakref.ref(progress)
        del progress
        gc.collect()
        self.assertIsNone(gone())

    def test_everything_can_be_referred_to_weakly(self):
        store = filled()
        for thing in (store, store.contacts(), kpi.Definition("csat"),
                      iter(store)):
            self.assertIs(weakref.ref(thing)(), thing)

    def test_a_closed_store_is_not_entered(self):
        store = kpi.open()
        with store as entered:
            self.assertIs(entered, store)
        with self.assertRaisesRegex(ValueError, "closed"):
            with store:
                self.fail("entered")
        with self.assertRaisesRegex(ValueError, "closed"):
            with store.batch():
                self.fail("entered")

    def test_modules_of_one_process_do_not_share_their_types(self):
        names = [name for name in sys.modules if name.startswith("kpi")]
        kept = {name: sys.modules.pop(name) for name in names}
        try:
            again = importlib.import_module("kpi")
            store = again.open()
            store.add(started_at=NINE)
            self.assertIsNot(again.Error, kpi.Error)
            with self.assertRaises(again.Error):
                store.measure("servis_level")
            with self.assertRaises(TypeError):
                store.measure(kpi.Definition("csat"))
            self.assertEqual(store.contacts().value, 1)
            result = store.contacts()
        finally:
            for name in [*sys.modules]:
                if name.startswith("kpi"):
                    del sys.modules[name]
            sys.modules.update(kept)
        del again, store
        gc.collect()
        self.assertEqual(result.value, 1)

    @unittest.skipIf(interpreters() is None, "no interpreters but one")
    def test_other_interpreters_have_modules_of_their_own(self):
        made = interpreters()
        script = textwrap.dedent(f"""
            import sys
            sys.path[:0] = {sys.path!r}
            import kpi
            store = kpi.open()
            store.add_columns(started_at=list(range(70000)))
            seen = []
            assert store.contacts(
                progress=lambda *now: seen.append(now)).value == 70000
            assert seen
            try:
                store.csat(progress=lambda *now: 1 / 0)
            except ZeroDivisionError:
                pass
            else:
                raise AssertionError("not raised")
            try:
                store.measure("nothing")
            except kpi.Error as error:
                assert error.status == "ENOTFOUND"
            """)
        failures = []

        def run():
            interpreter = made.create()
            try:
                failed = made.run_string(interpreter, script)
                if failed:
                    failures.append(failed)
            except BaseException as error:
                failures.append(error)
            finally:
                made.destroy(interpreter)

        for _ in range(2):
            threads = [threading.Thread(target=run) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(filled().contacts().value, 3)


class Copies(Case):
    def test_a_result_is_copied_and_pickled_as_a_value(self):
        result = filled().measure("csat", "service_level", by="queue",
                                  every="day", zone="Europe/Berlin")
        for other in (copy.copy(result), copy.deepcopy(result),
                      pickle.loads(pickle.dumps(result)),
                      kpi.load(result.save())):
            self.assertIsNot(other, result)
            self.assertEqual(other, result)
            self.assertEqual(list(other), list(result))
        twice = copy.copy(result).merge(result)
        self.assertNotEqual(twice, result)
        self.assertEqual(twice[1].denominator, 2 * result[1].denominator)
        self.assertNotEqual(result, filled().csat())
        self.assertNotEqual(result, 5)
        with self.assertRaises(TypeError):
            hash(result)

    def test_rows_definitions_and_errors_are_pickled(self):
        store = filled()
        store.add(started_at=NINE - 240 * HOUR, customer="old")
        row, = store.contacts(where={"channel": "chat"}, every="day")
        repeat, = store.repeats(repeat_window="7d")
        for thing in row, repeat, kpi.Definition("csat", csat_scale=7):
            self.assertEqual(pickle.loads(pickle.dumps(thing)), thing)
            self.assertEqual(copy.deepcopy(thing), thing)
        error = self.refused("EINVAL", store.add, started_at=NINE, csat=99)
        self.assertEqual(vars(pickle.loads(pickle.dumps(error))),
                         vars(error))

    def test_a_store_is_no_value(self):
        for call in copy.copy, copy.deepcopy, pickle.dumps:
            with self.assertRaisesRegex(TypeError, "pickled or copied"):
                call(kpi.open())


class Children(Case):
    def child(self, body):
        """What a forked child returns of `body`."""
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = body()
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)

    def test_a_child_reads_results_and_drops_what_it_inherited(self):
        store = filled()
        things = [store, store.visits(by="queue"), iter(store)]

        def body():
            self.assertEqual(things[1]["value"], [1.0, 3.0])
            self.assertEqual(kpi.load(things[1].save()), things[1])
            self.assertIn("EFORK", repr(things[0]))
            things[0].close()
            things.clear()
            gc.collect()
            self.assertEqual(filled().contacts().value, 3)
            return 7

        del store
        self.assertEqual(self.child(body), 7)
        self.assertEqual(things[0].contacts().value, 3)
        self.assertEqual(len(list(things[2])), 3)


class Memory(Case):
    @unittest.skipUnless(os.path.exists("/proc/self/statm"), "no Linux")
    def test_no_memory_is_a_memory_error(self):
        resource = importlib.import_module("resource")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                store = kpi.open()
                column = memoryview(bytearray(8)).cast("q")
                with open("/proc/self/statm") as statm:
                    pages = int(statm.read().split()[0])
                limit = pages * resource.getpagesize() + (256 << 20)
                resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
                try:
                    store.add_columns(started_at=range(1 << 27))
                except MemoryError:
                    status = 0
                store.add_columns(started_at=column)
                status += store.contacts().value != 1
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        self.assertEqual(os.waitstatus_to_exitcode(status), 0)
