# SPDX-License-Identifier: MIT
"""Runs the tests of the binding and prints TAP; what they share."""

import sys
import unittest
from datetime import datetime, timedelta, timezone

import kpi

UTC = timezone.utc
NINE = datetime(2026, 10, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def filled():
    """Three calls of two customers in two queues."""
    store = kpi.open()
    store.add(id="1", customer="ana", started_at=NINE, csat=5,
              queue="support", agent="amira", wait=8000, talk=190000,
              outcome="answered", channel="voice")
    store.add(id="2", customer="ana", started_at=NINE + HOUR, channel="voice",
              visits=[dict(queue="support", wait=30000, outcome="abandoned"),
                      dict(queue="sales", agent="bo", wait=5000, talk=1000,
                           outcome="answered")])
    store.add(id="3", customer="eve", started_at=NINE + 24 * HOUR,
              channel="chat", queue="support", wait=60000,
              outcome="abandoned")
    return store


TESTS = ["test_arrow", "test_change", "test_store", "test_column",
         "test_column_arrow", "test_measure", "test_staffing", "test_numpy",
         "test_ledger", "test_life", "test_plan", "test_robust", "test_season",
         "test_spread", "test_explain", "test_target"]


class Case(unittest.TestCase):
    def refused(self, status, call, *arguments, **keywords):
        with self.assertRaises(kpi.Error) as caught:
            call(*arguments, **keywords)
        self.assertEqual(caught.exception.status, status)
        return caught.exception


class Tap(unittest.TestResult):
    """Prints each test as a line when it is over."""

    def line(self, test, ok, about="", after=""):
        for line in about.splitlines():
            print("#", line)
        claim = test._testMethodName.removeprefix("test_").replace("_", " ")
        print(f"{'ok' if ok else 'not ok'} {self.testsRun} - {claim}"
              f"{after}", flush=True)

    def addSkip(self, test, reason):
        self.line(test, True, after=f" # SKIP {reason}")

    def addSuccess(self, test):
        self.line(test, True)

    def addError(self, test, error):
        super().addError(test, error)
        self.line(test, False, self.errors[-1][1])

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.line(test, False, self.failures[-1][1])


def main():
    suite = unittest.defaultTestLoader.loadTestsFromNames(
        TESTS)
    print(f"1..{suite.countTestCases()}", flush=True)
    sys.exit(not suite.run(Tap()).wasSuccessful())


if __name__ == "__main__":
    main()
