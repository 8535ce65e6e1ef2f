# SPDX-License-Identifier: MIT
"""DuckDB as who knows it uses it: types as narrow as the data, names as
enums, customers as numbers, sums first and divisions at the end."""

import os

import duckdb
import pandas

from engine_sql import QUARTER, Asked, Writing
from question import HANDLE, PER_CENT, columns, row

TABLE = """CREATE TABLE contact(id VARCHAR, customer INTEGER, agent agents,
 queue queues, channel channels, direction directions, reason reasons,
 started_at BIGINT, wait INTEGER, talk INTEGER, hold INTEGER,
 after_call INTEGER, outcome outcomes, resolved answers, transfer transfers,
 csat UTINYINT, nps UTINYINT, ces UTINYINT, cost INTEGER)"""
NAMES = {"agents": "agent", "queues": "queue", "channels": "channel",
         "directions": "direction", "reasons": "reason",
         "outcomes": "outcome", "answers": "resolved",
         "transfers": "transfer"}
MONTH = "epoch_ms(date_trunc('month', make_timestamp(started_at * 1000)))"
LEVELS = [part / 100 for part in PER_CENT]
QUANTILES = (
    "SELECT queue, " + ", ".join(f"1.0 * {name}[{place}]" for name in "wh"
                                 for place in (1, 2, 3)) +
    f" FROM (SELECT queue, quantile_disc(wait, {LEVELS}) w,"
    f" quantile_disc({HANDLE}, {LEVELS}) h FROM contact"
    " WHERE outcome = 'answered' GROUP BY queue) q")


class Engine(Writing):
    name = "DuckDB"

    def __init__(self, folder, threads):
        self.path = os.path.join(folder, "bench.duckdb")
        self.threads = threads
        self.version = duckdb.__version__
        self.asked = Asked(MONTH, f"started_at // {QUARTER} * {QUARTER}",
                           QUANTILES, "::INTEGER")

    def open(self):
        self.db = duckdb.connect(self.path)
        self.db.execute(f"SET threads = {self.threads}")

    @staticmethod
    def kept(name, value):
        return int(value[1:]) if name == "customer" else value

    def add(self, numbers):
        if len(numbers) == 1:
            super().add(numbers)
            return
        frame = pandas.DataFrame([row(number) for number in numbers])
        frame["customer"] = frame["customer"].str.slice(1).astype("int32")
        self.db.append("contact", frame)

    def many(self, numbers):
        frame = columns(numbers)
        frame["customer"] = frame["customer"].str.slice(1).astype("int32")
        return frame

    def add_many(self, frame):
        self.db.register("many", frame)
        self.db.execute("INSERT INTO contact SELECT * FROM many")
        self.db.unregister("many")

    def load(self, csv):
        self.open()
        source = f"read_csv('{csv}', all_varchar = true)"
        for enum, column in NAMES.items():
            self.db.execute(
                f"CREATE TYPE {enum} AS ENUM (SELECT DISTINCT {column} FROM "
                f"{source} WHERE {column} IS NOT NULL ORDER BY 1)")
        self.db.execute(TABLE)
        self.db.execute(
            "INSERT INTO contact SELECT * REPLACE "
            f"(substr(customer, 2)::INTEGER AS customer) FROM {source}")
        self.db.execute("CHECKPOINT")

    def size(self):
        return os.path.getsize(self.path)

    def prepare(self):
        self.db.execute(f"CREATE TEMP TABLE gap AS {self.asked.keep_gaps}")

    def ask(self, question, turn):
        sql = self.asked.statement(question, turn)
        return self.db.execute(sql).fetchnumpy()

    def rows(self, question, _):
        rows = self.db.execute(self.asked.statement(question)).fetchall()
        return self.asked.split(question, rows)
