#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A helpdesk's event log to figures: two published sets of real incidents.

    published_incidents.py incidents_events.csv incident_case_attributes.csv

The first has 7,554 incidents of Volvo IT as 65,533 events (BPI Challenge 2013,
Ward Steeman, 4TU.ResearchData), the second 4,000 of Rabobank, one a line (BPI
Challenge 2014). They do not come with libkpi. Beside each figure stands what
Python's own arithmetic makes of the same rows; the program fails where the two
differ.
"""

import csv
import math
import re
import statistics
import sys
from datetime import datetime, timedelta, timezone
from fractions import Fraction

import kpi

HOUR = 3600000
EVER = "0d"
failures = 0


def milliseconds(text):
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        when = when.replace(tzinfo=timezone.utc)
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


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def incident(events):
    """What is kept of one incident's events, in order."""
    at = [milliseconds(event["timestamp"]) for event in events]
    ticket = dict(id=events[0]["case"], channel="ticket", started_at=at[0],
                  resolved=1, resolved_at=max(at),
                  first_contact=int(any(event["lifecycle"] == "In Call"
                                        for event in events)),
                  escalated=int(any(re.search("(2nd|3rd)$", event["org_group"])
                                    for event in events)),
                  visits=[dict(outcome="answered", entered_at=at[0],
                               ended_at=max(at))])
    completed = None
    for event, instant in zip(events, at):
        if event["activity"] == "Completed":
            completed = instant
            ticket.setdefault("first_resolved_at", instant)
        elif completed is not None:
            completed = None
            ticket["reopened_at"] = instant
            ticket["reopened_count"] = ticket.get("reopened_count", 0) + 1
    return ticket


def volvo(path):
    cases = {}
    for event in rows(path):
        cases.setdefault(event["case"], []).append(event)
    tickets = []
    for events in cases.values():
        events.sort(key=lambda event: int(event["event_index"]))
        tickets.append(incident(events))
    count = len(tickets)
    took = [ticket["resolved_at"] - ticket["started_at"] for ticket in tickets]
    with kpi.open() as store:
        for ticket in tickets:
            store.add(**ticket)
        show("incidents", one(store, "contacts"), count)
        show("solved in the call",
             one(store, "first_contact_resolution", fcr_method="mark",
                 fcr_unit="contact", fcr_denominator="received"),
             Fraction(sum(t["first_contact"] for t in tickets), count))
        show("first line only", 1 - one(store, "escalation_rate"),
             Fraction(sum(not t["escalated"] for t in tickets), count))
        show("reopened after it was completed",
             one(store, "reopen_rate", reopen_denominator="received",
                 reopen_window=EVER),
             Fraction(sum("reopened_at" in t for t in tickets), count))
        show("throughput, s", one(store, "resolution_time") / 1000,
             mean(took) / 1000)
        show("  median, linear",
             one(store, "resolution_time_p50", quantile_rule="linear") / 1000,
             statistics.median(took) / 1000)
        show("  median, nearest rank",
             one(store, "resolution_time_p50") / 1000,
             statistics.median_low(took) / 1000)


def rabobank(path):
    incidents = list(rows(path))
    handled = [round(float(i["handle_time_hours"]) * HOUR) for i in incidents]
    took = [milliseconds(i["close_time"]) - milliseconds(i["open_time"])
            for i in incidents]
    plain = [not i["reopen_time"] and not int(i["x_reassignments"] or 0)
             for i in incidents]
    with kpi.open() as store:
        for line, handle in zip(incidents, handled):
            reassigned = int(line["x_reassignments"] or 0) > 0
            ticket = dict(
                id=line["incident_id"], channel="ticket",
                started_at=milliseconds(line["open_time"]), resolved=1,
                resolved_at=milliseconds(line["close_time"]),
                visits=[dict(outcome="answered", wait=0, talk=handle,
                             transfer="queue" if reassigned else "none")])
            if line["reopen_time"]:
                ticket["reopened_at"] = milliseconds(line["reopen_time"])
            store.add(**ticket)
        show("incidents", one(store, "contacts"), len(incidents))
        show("reopened",
             one(store, "reopen_rate", reopen_denominator="received",
                 reopen_window=EVER),
             Fraction(sum(bool(i["reopen_time"]) for i in incidents),
                      len(incidents)))
        show("neither reassigned nor reopened",
             one(store, "first_contact_resolution", fcr_method="derived",
                 fcr_unit="contact", fcr_denominator="received",
                 fcr_requires=["no_transfer", "no_reopen"]),
             Fraction(sum(plain), len(plain)))
        show("handle time, h", one(store, "average_handle_time") / HOUR,
             mean(handled) / HOUR)
        show("closed less opened, h", one(store, "resolution_time") / HOUR,
             mean(took) / HOUR)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(f"{'':<44} {'libkpi':<20} Python")
    volvo(sys.argv[1])
    rabobank(sys.argv[2])
    sys.exit(failures > 0)
