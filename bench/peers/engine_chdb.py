# SPDX-License-Identifier: MIT
"""ClickHouse in this process, as chDB: names as enums of few bytes, sorted by
what ranges are asked of."""

import json
import os

import chdb
from chdb import session

from engine_sql import QUARTER, Asked
from question import HANDLE, PER_CENT

NAMES = "LowCardinality(Nullable(String))"
SMALL = "Nullable(UInt8)"
TYPES = {"id": "String", "customer": "String", "agent": NAMES, "queue": NAMES,
         "channel": NAMES, "direction": NAMES, "reason": NAMES,
         "started_at": "Int64", "wait": "Int32", "talk": "Int32",
         "hold": "Int32", "after_call": "Int32", "outcome": NAMES,
         "resolved": NAMES, "transfer": NAMES, "csat": SMALL, "nps": SMALL,
         "ces": SMALL, "cost": "Int32"}
MONTH = ("toUnixTimestamp(toDateTime(toStartOfMonth("
         "fromUnixTimestamp64Milli(started_at, 'UTC')), 'UTC')) * 1000")
# It takes the element floor(q n) from 0; what is nearest is a little before.
LEVELS = ", ".join(f"{part / 100 - 1e-9:.9f}" for part in PER_CENT)
QUANTILES = (
    "SELECT queue, " + ", ".join(f"1.0 * {name}[{place}]" for name in "wh"
                                 for place in (1, 2, 3)) +
    f" FROM (SELECT queue, quantilesExact({LEVELS})(wait) w,"
    f" quantilesExact({LEVELS})({HANDLE}) h FROM contact"
    " WHERE outcome = 'answered' GROUP BY queue) q")


class Engine:
    name = "chDB"

    def __init__(self, folder, threads):
        self.folder = os.path.join(folder, "chdb")
        self.threads = threads
        self.version = chdb.__version__
        self.asked = Asked(MONTH, f"intDiv(started_at, {QUARTER}) * {QUARTER}",
                           QUANTILES, "::Nullable(Int32)", at="toNullable(started_at)")

    def _run(self, sql, form="Null"):
        return self.session.query(
            f"{sql} SETTINGS max_threads = {self.threads}, "
            "prefer_column_name_to_alias = 1", form)

    def open(self):
        self.session = session.Session(self.folder)
        self.session.query("CREATE DATABASE IF NOT EXISTS bench")
        self.session.query("USE bench")

    def load(self, csv):
        self.open()
        columns = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
        raw = ", ".join(f"{name} Nullable(String)" for name in TYPES)
        taken = ", ".join(
            f"toUInt32(substring(assumeNotNull({name}), 2)) {name}"
            if name == "customer" else
            f"CAST(nullIf({name}, '') AS {kind}) {name}" if "Null" in kind
            else f"CAST(assumeNotNull({name}) AS {kind}) {name}"
            for name, kind in TYPES.items())
        columns = columns.replace("customer String", "customer UInt32")
        self.session.query(f"CREATE TABLE contact({columns}) "
                           "ENGINE = MergeTree ORDER BY started_at")
        self.session.query(
            f"INSERT INTO contact SELECT {taken} FROM "
            f"file('{csv}', 'CSVWithNames', '{raw}')")

    def size(self):
        return sum(os.path.getsize(os.path.join(path, name))
                   for path, _, names in os.walk(self.folder)
                   for name in names)

    def prepare(self):
        self.session.query("CREATE TABLE gap ENGINE = MergeTree ORDER BY "
                           f"tuple() AS {self.asked.keep_gaps}")

    def ask(self, question, turn):
        return self._run(self.asked.statement(question, turn), "ArrowStream")

    def rows(self, question, _):
        text = self._run(self.asked.statement(question),
                         "JSONCompactEachRow")
        rows = [json.loads(line) for line in str(text).splitlines()]
        count = self.asked.keys[question]
        for row in rows:
            for place in range(count):
                if isinstance(row[place], str) and row[place].isdigit():
                    row[place] = int(row[place])
        return self.asked.split(question, rows)
