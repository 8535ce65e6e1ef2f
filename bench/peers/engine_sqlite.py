# SPDX-License-Identifier: MIT
"""SQLite, with the one index that a question asks for."""

import csv as text
import os
import sqlite3

from engine_sql import QUARTER, Asked, Writing
from question import HANDLE, PER_CENT, row

TABLE = """CREATE TABLE contact(id TEXT, customer TEXT, agent TEXT,
 queue TEXT, channel TEXT, direction TEXT, reason TEXT, started_at INTEGER,
 wait INTEGER, talk INTEGER, hold INTEGER, after_call INTEGER, outcome TEXT,
 resolved TEXT, transfer TEXT, csat INTEGER, nps INTEGER, ces INTEGER,
 cost INTEGER)"""
MONTH = ("unixepoch(started_at / 1000, 'unixepoch', 'start of month')"
         " * 1000")


def nth(value, number, part):
    """The ceil(q n)-th smallest, where rows are numbered."""
    return (f"1.0 * max(CASE WHEN {number} = (n * {part} + 99) / 100 "
            f"THEN {value} END)")


QUANTILES = (
    "SELECT queue, " + ", ".join(nth(value, number, part) for value, number
                                 in (("w", "rw"), ("h", "rh"))
                                 for part in PER_CENT) +
    " FROM (SELECT queue, w, h, count(*) OVER (PARTITION BY queue) n,"
    " row_number() OVER (PARTITION BY queue ORDER BY w) rw,"
    " row_number() OVER (PARTITION BY queue ORDER BY h) rh"
    f" FROM (SELECT queue, wait w, {HANDLE} h FROM contact"
    " WHERE outcome = 'answered')) GROUP BY queue")


class Engine(Writing):
    name = "SQLite"

    def __init__(self, folder, threads):
        self.path = os.path.join(folder, "bench.sqlite")
        self.version = sqlite3.sqlite_version
        self.asked = Asked(MONTH, f"started_at / {QUARTER} * {QUARTER}",
                           QUANTILES)

    def open(self):
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA cache_size = -4000000")

    def load(self, csv):
        self.open()
        self.db.execute(TABLE)
        with open(csv, newline="") as file:
            lines = text.reader(file)
            marks = ", ".join("nullif(?, '')" for _ in next(lines))
            self.db.execute("BEGIN")
            self.db.executemany(f"INSERT INTO contact VALUES({marks})", lines)
            self.db.execute("CREATE INDEX by_agent ON "
                            "contact(agent, started_at)")
            self.db.execute("COMMIT")

    def many(self, numbers):
        return [tuple(row(number).values()) for number in numbers]

    def add_many(self, rows):
        self.begin()
        self.db.executemany(self.INSERT, rows)
        self.commit()

    def size(self):
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return os.path.getsize(self.path)

    def prepare(self):
        self.db.execute("PRAGMA temp_store = MEMORY")
        self.db.execute(f"CREATE TEMP TABLE gap AS {self.asked.keep_gaps}")

    def ask(self, question, turn):
        sql = self.asked.statement(question, turn)
        return self.db.execute(sql).fetchall()

    def rows(self, question, result):
        return self.asked.split(question, result)
