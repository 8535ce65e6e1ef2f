# SPDX-License-Identifier: MIT
"""The Python binding: the roster and expenses."""

import os
import tempfile
from datetime import datetime, timezone

import kpi
from tap import HOUR, NINE, Case


class Ledger(Case):
    def test_the_roster_is_given_back_by_agent_and_hiring(self):
        store = kpi.open()
        roster = [
            {"agent": "amira", "hired_at": NINE, "left_at": NINE + HOUR},
            {"agent": "amira", "hired_at": NINE + HOUR, "source": "hr"},
            {"agent": "zoë", "hired_at": NINE},
        ]
        for employment in reversed(roster):
            store.add_employment(**employment)
        self.assertEqual(store.employments(), roster)
        self.assertEqual(store.info()["employments"], 3)
        store.add_employment(agent="zoë", hired_at=NINE, left_at=NINE)
        self.assertEqual(store.employments(), roster[:2])
        right = roster[0]
        for wrong in ({"agent": None}, {"hired_at": None},
                      {"left_at": NINE - HOUR}):
            error = self.refused("EINVAL", store.add_employment,
                                 **{**right, **wrong})
            self.assertEqual([error.field], list(wrong))
        for wrong in ({"agent": 5.5}, {"left": NINE}):
            with self.assertRaises(TypeError):
                store.add_employment(**{**right, **wrong})
        self.assertEqual(store.employments(), roster[:2])

    def test_expenses_are_given_back_by_start(self):
        store = kpi.open()
        expenses = [
            {"started_at": NINE, "ended_at": NINE + HOUR, "amount": -5},
            {"started_at": NINE + HOUR, "ended_at": NINE + 2 * HOUR,
             "amount": 1200, "by": "team", "of": "night", "id": "7",
             "source": "books", "note": "headsets"},
        ]
        for expense in reversed(expenses):
            store.add_expense(**expense)
        self.assertEqual(store.expenses(), expenses)
        self.assertEqual(store.info()["expenses"], 2)
        store.add_expense(**{**expenses[1], "id": 7, "amount": 1100})
        self.assertEqual([e["amount"] for e in store.expenses()], [-5, 1100])
        for wrong in ({"started_at": None}, {"ended_at": NINE - HOUR},
                      {"amount": None}, {"by": "reason"}, {"of": None}):
            error = self.refused("EINVAL", store.add_expense,
                                 **{**expenses[1], **wrong})
            self.assertEqual([error.field], list(wrong))
        self.assertIn('"queue"', str(self.refused(
            "ENOTFOUND", store.add_expense, **{**expenses[1],
                                               "by": "queu"})))
        with self.assertRaises(TypeError):
            store.add_expense(**{**expenses[1], "note": b"x"})
        self.assertEqual(store.info()["expenses"], 2)

    def test_the_roster_and_expenses_are_read_from_csv(self):
        store = kpi.open()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "table.csv")
            with open(path, "w", encoding="utf-8") as table:
                table.write("agent,hired_at\namira,2026-10-01\n")
            self.assertEqual(
                store.import_roster(path, "hr", zone="Europe/Berlin"), 1)
            error = self.refused("EPARSE", store.import_expenses, path)
            with open(path, "w", encoding="utf-8") as table:
                table.write("started_at,ended_at,amount\n"
                            "2026-10-01,2026-10-02,5\n"
                            "2026-10-01,2026-10-02,x\n")
            wrong = self.refused("EPARSE", store.import_expenses, path)
            with open(path, "w", encoding="utf-8") as table:
                table.write("started_at,ended_at,amount\n"
                            "2026-10-01,2026-10-02,5\n")
            self.assertEqual(store.import_expenses(path), 1)
        self.assertEqual(error.line, 1)
        self.assertEqual((wrong.line, wrong.field), (3, "amount"))
        self.assertEqual(
            store.employments()[0],
            {"agent": "amira", "source": "hr",
             "hired_at": datetime(2026, 9, 30, 22, tzinfo=timezone.utc)})
        self.assertEqual(store.expenses()[0]["amount"], 5)
