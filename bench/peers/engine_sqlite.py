# SPDX-License-Identifier: MIT
"""SQLite, with the one index that a question asks for."""

import csv as text
import os
import sqlite3

from engine_sql import QUARTER, Asked

TABLE = """CREATE TABLE contact(id TEXT, customer TEXT, agent TEXT,
 queue TEXT, channel TEXT, direction TEXT, reason TEXT, started_at INTEGER,
 wait INTEGER, talk INTEGER, hold INTEGER, after_call INTEGER, outcome TEXT,
 resolved TEXT, transfer TEXT, csat INTEGER, nps INTEGER, ces INTEGER,
 cost INTEGER)"""
MONTH = ("unixepoch(started_at / 1000, 'unixepoch', 'start of month')"
         " * 1000")


class Engine:
    name = "SQLite"

    def __init__(self, folder, threads):
        self.path = os.path.join(folder, "bench.sqlite")
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.version = sqlite3.sqlite_version
        self.asked = Asked(MONTH, f"started_at / {QUARTER} * {QUARTER}")

    def load(self, csv):
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA cache_size = -4000000")
        self.db.execute(TABLE)
        with open(csv, newline="") as file:
            lines = text.reader(file)
            marks = ", ".join("nullif(?, '')" for _ in next(lines))
            self.db.execute("BEGIN")
            self.db.executemany(f"INSERT INTO contact VALUES({marks})", lines)
            self.db.execute("CREATE INDEX by_agent ON "
                            "contact(agent, started_at)")
            self.db.execute("COMMIT")

    def size(self):
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return os.path.getsize(self.path)

    def ask(self, question):
        return self.db.execute(self.asked.sql[question]).fetchall()

    def rows(self, question, result):
        return self.asked.split(question, result)
