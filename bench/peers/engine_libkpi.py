# SPDX-License-Identifier: MIT
"""libkpi, through its Python module."""

import datetime
import os

import kpi

from question import (AGENT, CUSTOMERS, DAY, JUNE, MAY, PANEL, QUANTILES,
                      TUESDAY, columns, repeat_definitions, row, window_of,
                      written)


# Room for the columns of some ten million rows, as the peers have it; what is
# not needed is not taken.
MEMORY = 4_000_000_000
IN_MS = ("started_at", "wait", "talk", "hold", "after_call")


def instant(ms):
    return datetime.datetime.fromtimestamp(ms / 1000, datetime.timezone.utc)


class Engine:
    name = "libkpi"

    def __init__(self, folder, threads):
        self.path = os.path.join(folder, "bench.kpi")
        self.threads = threads
        self.version = kpi.version
        panel = [kpi.Definition.parse(text) for text, _ in PANEL]
        customers = [kpi.Definition.parse(text) for text in CUSTOMERS]
        quantiles = [kpi.Definition.parse(text) for text in QUANTILES]
        month = {"since": instant(MAY), "until": instant(JUNE)}
        day = {"since": instant(TUESDAY), "until": instant(TUESDAY + DAY)}
        self.asked = {
            "W2": (panel, {}),
            "W3": (panel, {"by": "agent", "every": "month"}),
            "W4": (panel, {"by": "queue", "every": "15min", **month}),
            "W5": (panel, {"where": {"agent": AGENT}, **day}),
            "W6": (None, {}),
            "W6 by agent and month": (None, {"by": "agent",
                                             "every": "month"}),
            "W6 again": (None, {}),
            "W6 again by agent and month": (None, {"by": "agent",
                                                   "every": "month"}),
            "W7": (quantiles, {"by": "queue"}),
            "W8": (customers, {"every": "month"}),
        }

    def open(self):
        self.store = kpi.open(self.path, memory=MEMORY)
        self.store.set_threads(self.threads)

    def load(self, csv):
        self.open()
        self.store.import_csv(csv, {name: name + ":ms" for name in IN_MS})

    def size(self):
        self.store.close()
        size = os.path.getsize(self.path)
        self.open()
        return size

    def prepare(self):
        pass

    def ask(self, question, turn):
        definitions, options = self.asked[question]
        if definitions is None:
            definitions = [
                kpi.Definition.parse(text) for text in
                repeat_definitions(window_of(question, turn))]
        return self.store.measure(*definitions, **options)

    def rows(self, question, result):
        flat = list(result)
        count = len(result.definitions)
        out = []
        for first in range(0, len(flat), count):
            row = flat[first]
            key = list(row.group.values())
            if row.time is not None:
                key.append(int(row.time.timestamp() * 1000))
            out.append((key, [figure.value for figure in
                              flat[first:first + count]]))
        return out

    def add(self, numbers):
        for number in numbers:
            self.store.add(**row(number) | {"resolved": True})

    def many(self, numbers):
        frame = columns(numbers)
        frame["resolved"] = True
        return frame

    def add_many(self, frame):
        self.store.add_columns(frame)

    def prepare_updates(self):
        pass

    def update(self, numbers):
        for number in numbers:
            self.store.update(id=written(number), csat=3, csat_scale=5)

    def begin(self):
        self.store.begin()

    def commit(self):
        self.store.commit()
