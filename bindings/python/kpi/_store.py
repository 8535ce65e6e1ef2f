# SPDX-License-Identifier: MIT
"""The store, and the questions that it answers."""

from contextlib import contextmanager

from . import _kpi
from ._definition import Definition, definitions_of
from ._query import query_of
from ._result import Repeat, Result

IF_EXISTS = {
    "refuse": _kpi.IF_EXISTS_REFUSE,
    "update": _kpi.IF_EXISTS_UPDATE,
}

QUESTIONS = frozenset(query_of.__kwdefaults__)


def parted(keywords):
    """The keywords of a query, and those that are parameters."""
    question, parameters = {}, {}
    for name, value in keywords.items():
        (question if name in QUESTIONS else parameters)[name] = value
    return question, parameters


QUESTION = """
    by           a dimension or several: "agent", ["queue", "channel"]
    every        a bucket of local time: "hour", "day", "week", "month", ...
    since, until the range [since, until): datetimes with a time zone,
                 milliseconds since 1970 UTC, or dates and ISO 8601 texts,
                 which without an offset are wall time in the zone
    zone         the IANA name of the zone of buckets, "UTC" if not given
    week_start   1 Monday (if not given) to 7 Sunday
    where        {dimension: value or several}; None is unknown; also
                 {"outcome": ...}
    where_not    the same, for what is left out
    between      {field: (least, most)} for durations, counts and marks, both
                 inclusive, None for open: {"wait": (5000, None)}
    preset       the name of the system whose figures are wanted
    partition    how the data was parted before: "customer", "case", "agent"
    group_limit  more groups are an error; 0: 1,000,000
    progress     called with (done, total) now and then; True, or an
                 exception, ends the call
"""


class Store(_kpi.Store):
    """Keeps interactions, in memory or in a file; see kpi.open().

    A store may be used from several threads, and is closed at the end of a
    `with` block. After close() its methods raise ValueError.
    """

    __slots__ = ("__weakref__",)

    def __new__(cls, path=None, *, read_only=False, must_exist=False,
                must_create=False, memory=0, busy_ms=5000,
                permissions=0o600, if_exists="refuse"):
        if if_exists not in IF_EXISTS:
            raise ValueError("if_exists is 'refuse' or 'update', "
                             f"not {if_exists!r}")
        flags = ((_kpi.OPEN_READ_ONLY if read_only else 0) |
                 (_kpi.OPEN_MUST_EXIST if must_exist else 0) |
                 (_kpi.OPEN_MUST_CREATE if must_create else 0))
        return super().__new__(cls, path, flags, memory, busy_ms or -1,
                               permissions, IF_EXISTS[if_exists])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __repr__(self):
        return f"<kpi.Store {'closed' if self.closed else 'open'}>"

    @contextmanager
    def batch(self):
        """With this block, what is added, updated and deleted is kept
        together at its end, or not at all if it raises. It belongs to the
        store: the calls of all threads go into it. kpi.Error EORDER if one
        is open."""
        self.begin()
        try:
            yield self
        except BaseException:
            if not self.closed:
                self.rollback()
            raise
        self.commit()

    def add_activity(self, *, agent, state, started_at, ended_at=None,
                     source=None):
        """Keeps what an agent did from one instant to another.

        `state` is a name of kpi.catalogue("activities"); instants are
        datetimes with a time zone or milliseconds since 1970 UTC; one that
        goes on has no end. One that begins at the same instant, of the same
        agent, state and source, replaces the former. kpi.Error names the
        field that is out of its range."""
        super().add_activity(agent, state, started_at, ended_at, source)

    def measure(self, *metrics, preset=None, **keywords):
        if not metrics:
            raise TypeError("measure() takes at least one metric")
        question, parameters = parted(keywords)
        definitions = definitions_of(
            metrics, preset, parameters, "measure()")
        return Result(super().measure(
            query_of(**question),
            tuple(definition._definition for definition in definitions)))

    measure.__doc__ = f"""Measures metrics in one pass, as a kpi.Result.

    Metrics are names of kpi.catalogue("metrics") or kpi.Definition objects.
    Further keywords are parameters (see kpi.Definition), for those metrics
    given by name that read them.
    {QUESTION}"""

    def repeats(self, definition=None, *, preset=None, **keywords):
        """The contacts that repeat_rate counts as repeats, by customer, then
        time, as a list of kpi.Repeat. Keywords are those of measure(), less
        by and every; or give a Definition of repeat_rate."""
        question, parameters = parted(keywords)
        definition, = definitions_of(
            ["repeat_rate" if definition is None else definition], preset,
            parameters, "repeats()")
        return [Repeat(*row) for row in super().repeats(
            query_of(**question), definition._definition)]

    def iterate(self, *, since=None, until=None, zone="UTC", where=None,
                where_not=None, between=None):
        """The interactions that the question selects, as an iterator of the
        dicts that get() returns. It goes over the state of the store in
        which it was made, also after changes and after close()."""
        return super().iterate(query_of(
            since=since, until=until, zone=zone, where=where,
            where_not=where_not, between=between))

    def __iter__(self):
        return self.iterate()

    def import_queue_log(self, path, source=None, *, channel=None,
                         progress=None):
        """Reads an Asterisk queue_log, from where an earlier import of the
        same file ended, and returns a dict of what was read: lines, visits,
        interactions, activities, open, replaced_text, unfinished (bytes
        after the last newline), and as lists of
        {"reason", "lines", "first"} what was damaged and what says nothing
        for a KPI (other). `source` is the exchange's name, `channel` is
        "voice" if not given; progress(done, total) is in bytes."""
        return super().import_queue_log(path, source, channel, progress)

    def check(self, progress=None):
        """Reads and verifies everything; kpi.Error ECORRUPT with the first
        place that is wrong."""
        super().check(progress)


def _method(line):
    name = line["name"]

    def metric(self, **keywords):
        return self.measure(name, **keywords)

    metric.__name__ = name
    metric.__qualname__ = f"Store.{name}"
    metric.__doc__ = (f"{line['sentence']}\n\n    {line['source']}\n\n"
                      f"measure({name!r}, ...) with the same keywords.")
    return metric


for _line in _kpi.table(_kpi.TABLE_METRICS):
    setattr(Store, _line["name"], _method(_line))
