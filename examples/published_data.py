#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two published data sets, from their CSV files to figures.

    published_data.py simulated_call_centre.csv NPStimeseries.csv

The first has 51,708 simulated calls of 2021 (db-bangs/Queue-Simulator), the
second 5,000 answers to "would you recommend us" in three markets
(AmatureJS/NPS-Retail-BanK). Neither comes with libkpi: their owners gave no
licence. Beside each figure stands what Python's own arithmetic makes of the
same rows; the program fails where the two differ.
"""

import csv
import math
import sys
from array import array
from datetime import datetime, timedelta, timezone
from fractions import Fraction

import kpi

UNKNOWN = -2**63
failures = 0


def milliseconds(when):
    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (when - epoch) // timedelta(milliseconds=1)


def show(what, value, expected):
    global failures
    same = math.isclose(value, expected, rel_tol=1e-12)
    failures += not same
    print(f"{what:<44} {value:<20.15g} {float(expected):<20.15g} "
          f"{'same' if same else 'NOT THE SAME'}")


def one(store, metric, **question):
    row, = store.measure(metric, **question)
    return row.value


def mean(values):
    return Fraction(sum(values), len(values))


def call_centre(path):
    with open(path, newline="") as file:
        calls = list(csv.DictReader(file))

    def at(call, name):
        return milliseconds(datetime.strptime(
            f"{call['date']} {call[name]}", "%Y-%m-%d %I:%M:%S %p"
        ).replace(tzinfo=timezone.utc))

    wait = [int(call["wait_length"]) for call in calls]
    service = [int(call["service_length"]) for call in calls]
    store = kpi.open()
    store.add_columns(
        id=[call["call_id"] for call in calls],
        started_at=array("q", (at(call, "call_started") for call in calls)),
        wait=array("q", (1000 * seconds for seconds in wait)),
        talk=array("q", (1000 * seconds for seconds in service)),
        outcome=["answered"] * len(calls))

    within = sum(seconds <= 60 for seconds in wait)
    december = [seconds for seconds, call in zip(wait, calls)
                if call["date"].startswith("2021-12")]
    last = [seconds for seconds, call in zip(wait, calls)
            if call["date"] == "2021-12-31"]
    sixty = {"service_level_threshold": "60s"}
    show("calls", one(store, "contacts"), len(calls))
    show("service level, 60 s", one(store, "service_level", **sixty),
         Fraction(within, len(wait)))
    show("  under 60 s (59,999 ms)",
         one(store, "service_level", service_level_threshold="59999ms"),
         Fraction(sum(seconds < 60 for seconds in wait), len(wait)))
    show("  in December",
         one(store, "service_level", since="2021-12-01", **sixty),
         Fraction(sum(seconds <= 60 for seconds in december), len(december)))
    show("mean wait, ms", one(store, "average_speed_of_answer"),
         1000 * mean(wait))
    show("  on the last day, minutes",
         one(store, "average_speed_of_answer", since="2021-12-31") / 60000,
         mean(last) / 60)
    show("mean service, ms", one(store, "average_handle_time"),
         1000 * mean(service))
    store.close()


def bank(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        answers = list(csv.DictReader(file))

    def score(rows):
        marks = [int(row["NPS"]) for row in rows]
        return Fraction(100 * (sum(mark >= 9 for mark in marks)
                               - sum(mark <= 6 for mark in marks)),
                        len(marks))

    def at(row):
        return milliseconds(datetime.strptime(
            row["Survey date"], "%d/%m/%y").replace(tzinfo=timezone.utc))

    store = kpi.open()
    store.add_columns(
        id=[row["ID"] for row in answers],
        started_at=array("q", map(at, answers)),
        attribute_1=[row["Market"] for row in answers],
        nps=array("q", (int(row["NPS"]) for row in answers)))
    show("NPS", one(store, "nps"), score(answers))
    for row in store.measure("nps", by="attribute_1"):
        market = row.group["attribute_1"]
        show(f"  {market}", row.value, score(
            answer for answer in answers if answer["Market"] == market))
    for row in store.measure("nps", every="quarter"):
        quarter = (row.time.month + 2) // 3
        show(f"  quarter {quarter}", row.value, score(
            answer for answer in answers
            if int(answer["Quarter"]) == quarter))
    store.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(f"{'':<44} {'libkpi':<20} Python")
    call_centre(sys.argv[1])
    bank(sys.argv[2])
    sys.exit(failures > 0)
