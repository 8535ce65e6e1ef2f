# SPDX-License-Identifier: MIT
"""Which rows, which groups: what the keywords of a question mean."""

from datetime import date, datetime

from . import _kpi
from ._word import refusal, suggest, unknown_word, without_unit

PARTITIONS = {name.removeprefix("PARTITION_").lower(): number
              for name, number in vars(_kpi).items()
              if name[:10] == "PARTITION_" and number != 0}

FIELDS = {line["name"]: line for line in _kpi.table(_kpi.TABLE_FIELDS)}
UNITS = {"ms": 1, "s": 1000, "min": 60000, "h": 3600000, "d": 86400000}


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


def word_of(value, keyword):
    if not isinstance(value, str):
        raise TypeError(f"{keyword} must be a name, not {value!r}")
    return value


def items_of(value, keyword, of):
    if not value:
        return ()
    if not hasattr(value, "items"):
        raise TypeError(f"{keyword} must be a mapping of {of}, "
                        f"not {value!r}")
    return value.items()


def filter_by(query, where, where_not):
    for dimension, values in items_of(where, "where",
                                      "dimensions to values"):
        for value in names_of(values):
            if dimension == "outcome":
                query.where_outcome(word_of(value, "an outcome"))
            else:
                query.where(dimension, value)
    for dimension, values in items_of(where_not, "where_not",
                                      "dimensions to values"):
        for value in names_of(values):
            query.where_not(dimension, value)


def zone_by(query, zone):
    try:
        query.time_zone(word_of(zone, "zone"))
    except _kpi.Error as error:
        if error.status == "ENOTFOUND":
            from zoneinfo import available_timezones

            suggest(error, zone, available_timezones())
        raise


def duration_of(name, value):
    """A duration: the milliseconds of a text, what is neither a text nor a
    bare number as it is."""
    if isinstance(value, (int, float)):
        raise without_unit(name, value)
    if not isinstance(value, str):
        return value
    number = value.rstrip("dhimns")
    unit = UNITS.get(value[len(number):])
    if unit is None or not number.strip().isdecimal():
        raise refusal("EINVAL", name, f'{name} is "{value}": expected is a '
                                      "whole number and its unit, ms, s, "
                                      'min, h or d, such as "20s"')
    return int(number) * unit


def measure_of(field, value):
    """One of the ends of a measure, as the module takes it."""
    line = FIELDS.get(field)
    if line is None or line["kind"] != "duration" or value is None:
        return value
    return duration_of(field, value)


def query_of(*, by=(), every=None, since=None, until=None, zone="UTC",
             week_start=1, where=None, where_not=None, between=None,
             partition=None, group_limit=0, progress=None):
    """The module's query for the keywords that Store.measure() explains."""
    query = _kpi.Query(group_limit, progress)
    if zone != "UTC":
        zone_by(query, zone)
    if since is not None or until is not None:
        query.between(bound_of(since), bound_of(until))
    if week_start != 1:
        query.week_start(week_start)
    for dimension in [by] if isinstance(by, (str, int)) else by or ():
        query.by(word_of(dimension, "by"))
    if every is not None:
        query.every(word_of(every, "every"))
    filter_by(query, where, where_not)
    for field, ends in items_of(between, "between",
                                "fields to pairs of least and most"):
        if not isinstance(ends, (tuple, list)) or len(ends) != 2:
            raise TypeError(f"between has (least, most) for {field}, "
                            f"not {ends!r}")
        query.where_between(field, *(measure_of(field, end) for end in ends))
    if partition is not None:
        if word_of(partition, "partition") not in PARTITIONS:
            raise unknown_word("measure()", "partition", partition,
                               PARTITIONS)
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
    return query_of(zone=zone).instant_text(bound_of(when), "instant")
