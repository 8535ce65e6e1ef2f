#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The example's true figures, worked out without the library.

    truth.py [LOG]                  prints everything as one JSON object
    truth.py --expected FILE [LOG]  writes the figures that a test compares

Everything here is the plainest way that the definitions allow: whole lists,
every pair of contacts of a customer compared, nothing shared with the library
or with the script that wrote the log.
"""
import datetime
import json
import os
import sys

sys.dont_write_bytecode = True

from truth_log import MS, Reader, activity  # noqa: E402
from truth_time import backlog, times  # noqa: E402

WINDOW = 7 * 86400 * MS
THRESHOLD = 20 * MS
REASONS = ("unknown", "in_progress", "truncated", "immature", "not_counted",
           "no_activity")


def european_offset(seconds):
    """Berlin: summer time from the last Sunday of March to October's."""
    year = datetime.datetime.fromtimestamp(
        seconds, datetime.timezone.utc).year

    def last_sunday(month):
        day = datetime.datetime(year, month, 31, 1,
                                tzinfo=datetime.timezone.utc)
        return day.timestamp() - (day.weekday() + 1) % 7 * 86400

    return 7200 if last_sunday(3) <= seconds < last_sunday(10) else 3600


def bucket(ms, shape):
    seconds = ms // MS
    zone = datetime.timezone(
        datetime.timedelta(seconds=european_offset(seconds)))
    there = datetime.datetime.fromtimestamp(seconds, zone)
    if shape == "hour":
        return there.replace(minute=0, second=0).isoformat()
    return there.strftime("%Y-%m-%d")


class Store:
    """What the figures ask of: contacts in order, the known time."""

    def __init__(self, reader):
        self.contacts = sorted(reader.contacts.values(),
                               key=lambda c: c.order)
        self.known_from = min(c.start for c in self.contacts)
        self.as_of = max(v.last_instant() for v in reader.visits) + 1
        self.of_customer = {}
        for contact in self.contacts:
            if contact.customer is not None:
                self.of_customer.setdefault(contact.customer, []).append(
                    contact)

    def earlier(self, contact, answered_only):
        found = [c for c in self.of_customer[contact.customer]
                 if c.order < contact.order
                 and contact.start - c.start <= WINDOW
                 and (c.answered or not answered_only)]
        return found[-1] if found else None

    def later(self, contact):
        return any(c.order > contact.order
                   and c.start - contact.start <= WINDOW
                   for c in self.of_customer[contact.customer])

    def truncated(self, contact):
        return contact.start - WINDOW < self.known_from

    def immature(self, contact):
        return contact.start + WINDOW >= self.as_of


# A metric is a unit and a function from a unit to None (not of the
# population), a reason, or (numerator, denominator).


def service_level(numerator, denominator):
    def judge(store, visit):
        sort = visit.outcome
        if sort in ("answered", "abandoned", "timed_out", "emptied"):
            sort += "_in" if visit.wait <= THRESHOLD else "_out"
        if visit.outcome not in denominator:
            return "not_counted"
        return (int(sort in numerator), 1)
    return judge


def share_of(outcome):
    def judge(store, visit):
        if visit.outcome not in ("answered", "abandoned"):
            return "not_counted"
        return (int(visit.outcome == outcome), 1)
    return judge


def speed_of_answer(store, visit):
    return (visit.wait, 1) if visit.answered else "not_counted"


def handle_time_of_contact(store, contact):
    if not contact.answered:
        return "not_counted"
    if contact.in_progress:
        return "in_progress"
    return (sum(v.talk for v in contact.visits if v.answered), 1)


def handle_time_of_leg(store, visit):
    if not visit.answered:
        return None
    return (visit.talk, 1) if visit.talk is not None else "in_progress"


def first_contact_issue(store, contact):
    if not contact.answered:
        return None
    if contact.customer is None:
        return "unknown"
    if store.truncated(contact):
        return "truncated"
    if store.earlier(contact, True):
        return None
    if store.immature(contact):
        return "immature"
    return (int(not store.later(contact)), 1)


def first_contact_contact(store, contact):
    if not contact.answered:
        return "not_counted"
    if contact.customer is None:
        return "unknown"
    if store.immature(contact):
        return "immature"
    return (int(not store.later(contact)), 1)


def repeat_rate(store, contact):
    if contact.customer is None:
        return "unknown"
    if store.truncated(contact):
        return "truncated"
    return (int(store.earlier(contact, False) is not None), 1)


def contacts_per_issue(store, contact):
    if contact.customer is None:
        return "unknown"
    if store.truncated(contact):
        return "truncated"
    first = store.earlier(contact, False) is None
    # A ratio: a contact that begins nothing is above the line only.
    return (1, 1) if first else (1, "not_counted")


def one(store, unit):
    return (1, 1)


BOTH = ("answered", "abandoned")
METRICS = [
    # metric and options, unit, judge, shapes of groups
    ("contacts", "contact", one, "total queue agent day hour"),
    ("visits", "visit", one, "total queue agent day hour"),
    ("customers", "contact", None, "total queue day"),
    ("service_level", "visit", service_level(("answered_in",), BOTH),
     "total queue agent day"),
    ("service_level preset=asterisk", "visit",
     service_level(("answered_in",), ("answered",)), "total queue"),
    ("service_level preset=icmi1", "visit",
     service_level(("answered_in", "abandoned_in"), BOTH), "total queue"),
    ("service_level preset=icmi2", "visit",
     service_level(("answered_in",), ("answered",)), "total queue day"),
    ("service_level preset=asterisk-sl2", "visit",
     service_level(("answered_in", "abandoned_in", "timed_out_in",
                    "emptied_in"),
                   BOTH + ("timed_out", "emptied")), "total queue"),
    ("abandonment_rate", "visit", share_of("abandoned"), "total queue day"),
    ("answer_rate", "visit", share_of("answered"), "total queue day"),
    ("average_speed_of_answer", "visit", speed_of_answer,
     "total queue agent day"),
    ("average_handle_time", "contact", handle_time_of_contact,
     "total queue day"),
    ("average_handle_time", "visit", handle_time_of_leg, "agent"),
    ("first_contact_resolution", "contact", first_contact_issue,
     "total queue agent day"),
    ("first_contact_resolution fcr_unit=contact", "contact",
     first_contact_contact, "total queue agent day"),
    ("repeat_rate", "contact", repeat_rate, "total queue day"),
    ("contacts_per_issue", "contact", contacts_per_issue, "total queue day"),
]
HOURS_OF = "2026-10-25"


class Figure:
    def __init__(self):
        self.numerator = self.denominator = 0
        self.excluded = {}
        self.distinct = set()

    def leave_out(self, reason):
        self.excluded[reason] = self.excluded.get(reason, 0) + 1

    def text(self, name):
        if name == "customers":
            self.numerator = self.denominator = len(self.distinct)
        counts = name in ("contacts", "visits", "customers", "backlog")
        n, d = self.numerator, self.denominator
        value = n if counts else n / d if d else None
        state = "ok"
        if value is None:
            state = ("undefined" if n else "immature"
                     if "immature" in self.excluded else "no data")
        left_out = ",".join("%s=%d" % (r, self.excluded[r])
                            for r in REASONS if r in self.excluded)
        shown = "null" if value is None else repr(value)
        return "%s|%d|%d|%s|%s" % (shown, n, d, state, left_out or "-")


def group_of(contact, unit, shape):
    if shape == "total":
        return "-"
    if shape == "queue":
        visit = contact.visits[0] if unit is contact else unit
        return "queue=" + visit.queue
    if shape == "agent":
        # A visit without an answer has no agent, whoever it rang.
        agent = contact.agent if unit is contact else (
            unit.agent if unit.answered else None)
        return "agent=" + ("null" if agent is None else agent)
    return shape + "=" + bucket(contact.start, shape)


def measure(store, name, kind, judge, shape):
    rows = {}
    for contact in store.contacts:
        for unit in [contact] if kind == "contact" else contact.visits:
            key = group_of(contact, unit, shape)
            if shape == "hour" and not key.startswith("hour=" + HOURS_OF):
                continue
            if judge is None:
                figure = rows.setdefault(key, Figure())
                if contact.customer is None:
                    figure.leave_out("unknown")
                else:
                    figure.distinct.add(contact.customer)
                continue
            said = judge(store, unit)
            if said is None:
                continue
            figure = rows.setdefault(key, Figure())
            if isinstance(said, str):
                figure.leave_out(said)
                continue
            figure.numerator += said[0]
            if isinstance(said[1], str):
                figure.leave_out(said[1])
            else:
                figure.denominator += said[1]
    return {key: rows[key].text(name) for key in sorted(rows)}


def day_starts(store):
    """The first instant of each day, from before the first contact on."""
    found, t = [], store.known_from - 2 * 86400 * MS
    t -= t % (3600 * MS)
    while t < store.as_of + 86400 * MS:
        if bucket(t, "day") != bucket(t - 1, "day"):
            found.append(t)
        t += 3600 * MS
    return found


def busy(store, reader, states, shape):
    """On contact of the time in those states."""
    def key(agent, begin):
        if shape == "total":
            return "-"
        return (shape + "=" + agent if shape == "agent"
                else shape + "=" + bucket(begin, shape))

    rows = {}
    for group, row in times(reader, store.as_of, day_starts(store),
                            key).items():
        figure = rows[group] = Figure()
        figure.numerator = row.get("contact", 0)
        figure.denominator = sum(row.get(s, 0) for s in states)
        for state in row:
            if state == "no_activity":
                figure.excluded[state] = row[state]
            elif state not in states:
                figure.excluded["not_counted"] = row[state]
    return {group: rows[group].text("") for group in sorted(rows)}


def backlogs(store, shape):
    def figure(contacts, at):
        row = Figure()
        row.numerator, over = backlog(contacts, at)
        row.denominator = row.numerator
        if over:
            row.excluded["not_counted"] = over
        return row.text("backlog")

    if shape == "total":
        return {"-": figure(store.contacts, store.as_of)}
    if shape == "queue":
        queues = {c.visits[0].queue for c in store.contacts}
        return {"queue=" + q: figure(
            [c for c in store.contacts if c.visits[0].queue == q],
            store.as_of) for q in sorted(queues)}
    starts = [t for t in day_starts(store)
              if bucket(t, "day") >= bucket(store.known_from, "day")]
    return {"day=" + bucket(t, "day"): figure(
        store.contacts, min(until, store.as_of))
        for t, until in zip(starts, starts[1:]) if t < store.as_of}


def per_agent(store, shape):
    rows = {}
    for contact in store.contacts:
        key = group_of(contact, contact, shape)
        figure = rows.setdefault(key, Figure())
        figure.numerator += 1
        figure.distinct |= {v.agent for v in contact.visits if v.answered}
        figure.denominator = len(figure.distinct)
    return {key: rows[key].text("") for key in sorted(rows)}


def repeat_list(store):
    """(contact, the one before, gap, the chain's first), also truncated."""
    found, first = [], {}
    for contact in store.contacts:
        if contact.customer is None:
            continue
        before = store.earlier(contact, False)
        if before is None:
            first[contact.call] = contact.call
            continue
        first[contact.call] = first[before.call]
        found.append({"contact": contact.call, "before": before.call,
                      "gap_ms": contact.start - before.start,
                      "first": first[contact.call],
                      "truncated": store.truncated(contact)})
    return found


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    expected = None
    if arguments[:1] == ["--expected"]:
        if len(arguments) < 2:
            sys.exit("truth.py: --expected wants the file to write")
        expected, arguments = arguments[1], arguments[2:]
    log = arguments[0] if arguments else os.path.join(here, "queue_log")
    reader = Reader()
    with open(log, "rb") as f:
        reader.read(f.read())
    store = Store(reader)
    figures = [(name, measure(store, name, kind, judge, shape))
               for name, kind, judge, shapes in METRICS
               for shape in shapes.split()]
    figures += [("contacts_per_agent", per_agent(store, shape))
                for shape in ("total", "day")]
    figures += [("backlog", backlogs(store, shape))
                for shape in ("total", "queue", "day")]
    figures += [(name, busy(store, reader, states, shape))
                for name, states in (
                    ("occupancy", ("contact", "ready")),
                    ("utilisation", ("contact", "ready", "break")))
                for shape in ("total", "agent", "day")]
    repeats = repeat_list(store)
    agents = activity(reader)
    if expected is None:
        merged = {}
        for name, rows in figures:
            merged.setdefault(name, {}).update(rows)
        json.dump({
            "lines": reader.lines, "visits": len(reader.visits),
            "interactions": len(store.contacts),
            "known_from": store.known_from, "as_of": store.as_of,
            "unfinished_bytes": len(reader.unfinished),
            "skipped": reader.skipped, "passed_over": reader.passed_over,
            "activity": agents, "figures": merged, "repeats": repeats,
        }, sys.stdout, indent=1, ensure_ascii=False)
        print()
        return
    with open(expected, "w", encoding="utf-8", newline="\n") as f:
        for name, count in (
                ("lines", reader.lines), ("visits", len(reader.visits)),
                ("interactions", len(store.contacts)),
                ("open", sum(any(v.open() for v in c.visits)
                             for c in store.contacts)),
                ("known_from", store.known_from), ("as_of", store.as_of)):
            f.write("import\t%s\t%d\n" % (name, count))
        for reason in sorted(reader.skipped):
            numbers = reader.skipped[reason]
            f.write("import\tskipped=%s\t%d|%s\n" % (
                reason, len(numbers), ",".join(map(str, numbers[:8]))))
        for event in sorted(reader.passed_over):
            f.write("import\tpassed_over=%s\t%d\n" % (
                event, reader.passed_over[event]))
        for agent in agents:
            f.write("activity\tagent=%s\t%s|%s\n" % (agent, *(
                "null" if agents[agent][key] is None else agents[agent][key]
                for key in ("ready_ms", "break_ms"))))
        for name, rows in figures:
            for group, text in rows.items():
                f.write("%s\t%s\t%s\n" % (name, group, text))
        for r in repeats:
            f.write("repeats\t%s\t%s|%d|%s|%s\n" % (
                r["contact"], r["before"], r["gap_ms"], r["first"],
                "truncated" if r["truncated"] else "counted"))


main(sys.argv[1:])
