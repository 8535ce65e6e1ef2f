# SPDX-License-Identifier: MIT
"""Which rows, which groups: what the keywords of a question mean."""

from datetime import date, datetime

from . import _kpi
from ._word import unknown_word

PARTITIONS = {
    None: _kpi.PARTITION_NONE,
    "customer": _kpi.PARTITION_CUSTOMER,
    "case": _kpi.PARTITION_CASE,
    "agent": _kpi.PARTITION_AGENT,
}


def bound_of(value):
    """A bound as the module takes it: a date as its text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def names_of(value):
    """One name or several, as a list; an int is its digits."""
    names = ([value] if value is None or isinstance(value, (str, int))
             else value)
    return [str(name) if isinstance(name, int) else name for name in names]


def filter_by(query, where, where_not):
    for dimension, values in (where or {}).items():
        for value in names_of(values):
            if dimension == "outcome":
                query.where_outcome(value)
            else:
                query.where(dimension, value)
    for dimension, values in (where_not or {}).items():
        for value in names_of(values):
            query.where_not(dimension, value)


def query_of(*, by=(), every=None, since=None, until=None, zone="UTC",
             week_start=1, where=None, where_not=None, between=None,
             partition=None, group_limit=0, progress=None):
    """The module's query for the keywords that Store.measure() explains."""
    query = _kpi.Query(group_limit, progress)
    if zone != "UTC":
        query.time_zone(zone)
    if since is not None or until is not None:
        query.between(bound_of(since), bound_of(until))
    if week_start != 1:
        query.week_start(week_start)
    for dimension in [by] if isinstance(by, str) else by or ():
        query.by(dimension)
    if every is not None:
        query.every(every)
    filter_by(query, where, where_not)
    for field, (least, most) in (between or {}).items():
        query.where_between(field, least, most)
    if partition not in PARTITIONS:
        raise unknown_word("measure()", "partition", partition, PARTITIONS)
    if partition is not None:
        query.partition(PARTITIONS[partition])
    return query


QUESTIONS = query_of.__kwdefaults__


def parted(keywords, parameters, caller, read=None):
    """The keywords of a query, and those that are parameters; `read` are
    those of the metrics asked for, which an error tells."""
    question, others = {}, {}
    for name, value in keywords.items():
        if name in QUESTIONS:
            question[name] = value
        elif name in parameters:
            others[name] = value
        else:
            raise unknown_word(caller, "keyword", name,
                               [*QUESTIONS, "preset",
                                *(read() if read else parameters)])
    return question, others


def instant(text, zone="UTC"):
    """The instant of a text, as a datetime in UTC: "2026-10-01",
    "2026-10-01T09:30" or "2026-10-01T09:30:00.125+02:00". Without an offset
    it is wall time in the zone. kpi.Error EPARSE if it is anything else."""
    if not isinstance(text, str):
        raise TypeError(f"instant() takes a str, not {text!r}")
    return query_of(zone=zone).instant(text)


def instant_text(when, zone="UTC"):
    """The text of an instant (a datetime with a time zone, or milliseconds
    since 1970 UTC) in the zone: "2026-10-01T00:00:00+02:00"."""
    return query_of(zone=zone).instant_text(bound_of(when))
